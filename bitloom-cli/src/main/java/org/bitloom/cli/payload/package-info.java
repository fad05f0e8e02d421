/**
 * The commands about what frozen bits carry: {@code capacity}, {@code embed}, {@code extract},
 * {@code payload}, {@code scan}, {@code scrub}. Imports {@code cli.command}.
 *
 * <pre>{@code
 * CommandLine capacity = new CommandLine(new CapacityCommand(console, library));
 * capacity.execute("--net", "lenet300", "--bits", "32", "--mask", "top3");
 * }</pre>
 */
package org.bitloom.cli.payload;
