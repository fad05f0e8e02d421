/**
 * What commands share: where they print and how figures look there, exit codes, how a signal stops
 * them, common options, and the part of the library that tests replace. Imports what it names.
 *
 * <pre>{@code
 * console.line("accuracy  %s", Figures.percent(0.9781)); // accuracy  97.81 %
 * return ExitCode.DONE;
 * }</pre>
 */
package org.bitloom.cli.command;
