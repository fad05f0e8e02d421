/**
 * The command {@code sweep}: lists of options to a plan, its ends to tables and pictures. Imports
 * {@code cli.command} and {@code cli.train}, whose options it spells out.
 */
package org.bitloom.cli.sweep;
