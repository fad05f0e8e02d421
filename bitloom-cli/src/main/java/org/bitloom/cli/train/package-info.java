/**
 * The command {@code train}: options to settings, settings to a run, a run to lines. Imports {@code
 * cli.command}, {@code cli.payload} and {@code cli.report}.
 *
 * <pre>{@code
 * CommandLine train = new CommandLine(new TrainCommand(console, library, stop, passphrases));
 * train.execute("--bits", "8", "--mask", "top3");
 * }</pre>
 */
package org.bitloom.cli.train;
