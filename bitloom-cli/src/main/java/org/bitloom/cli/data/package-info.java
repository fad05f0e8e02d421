/**
 * The command {@code data}: list, verify and fetch data sets. Imports {@code cli.command}.
 *
 * <pre>{@code
 * CommandLine data = DataCommand.commandLine(console, library);
 * data.execute("verify", "mnist");
 * }</pre>
 */
package org.bitloom.cli.data;
