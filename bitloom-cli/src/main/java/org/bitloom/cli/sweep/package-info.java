/**
 * The command {@code sweep}: lists of options to a plan, its ends to tables and pictures. Imports
 * {@code cli.command}, {@code cli.report} and {@code cli.train}, whose options it spells out.
 *
 * <pre>{@code
 * CommandLine sweep = new CommandLine(new SweepCommand(console, library, stop));
 * sweep.execute("--bits", "2,4,8", "--masks", "top1..all", "--float", "--seeds", "1..3");
 * }</pre>
 */
package org.bitloom.cli.sweep;
