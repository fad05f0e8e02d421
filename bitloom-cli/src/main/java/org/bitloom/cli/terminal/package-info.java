/**
 * The terminal that a command may be started on: its width and letters, lines that are overwritten,
 * text folded so that nothing wraps. Imports the JDK.
 *
 * <pre>{@code
 * Screen screen = new Screen(System.err, new Screen.Size(80, 24), Letters.of(UTF_8));
 * screen.show(Screen.text("epoch 1/5  loss 0.2500"));
 * screen.line("stays above what is shown next");
 * }</pre>
 */
package org.bitloom.cli.terminal;
