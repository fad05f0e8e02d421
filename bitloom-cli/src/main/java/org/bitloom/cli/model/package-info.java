/**
 * The commands that look at what was trained: {@code eval}, {@code predict}, {@code inspect},
 * {@code compare}. Imports {@code cli.command}.
 *
 * <pre>{@code
 * CommandLine inspect = new CommandLine(new InspectCommand(console));
 * inspect.execute("runs/a/model.safetensors", "--json");
 * }</pre>
 */
package org.bitloom.cli.model;
