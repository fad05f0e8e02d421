/**
 * The command: one class per subcommand, only parsing and printing. Results go to stdout, all else
 * to stderr; exit codes are 0 done, 1 failed, 2 wrong usage, 130 stopped by Ctrl-C. Imports {@code
 * run}, {@code data}, {@code model}, {@code io} and {@code bits}, never the engine.
 *
 * <pre>{@code
 * int exitCode = Main.run(new String[] {"data", "list"}, System.out, System.err);
 * }</pre>
 */
package org.bitloom.cli;
