/**
 * What commands share: where they print and how figures look there, exit codes, how a signal stops
 * them, common options, and the part of the library that tests replace. Imports what it names.
 */
package org.bitloom.cli.command;
