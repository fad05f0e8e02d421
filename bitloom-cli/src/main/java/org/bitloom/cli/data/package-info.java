/** The command {@code data}: list, verify and fetch data sets. Imports {@code cli.command}. */
package org.bitloom.cli.data;
