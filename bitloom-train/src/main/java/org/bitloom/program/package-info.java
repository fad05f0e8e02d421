/**
 * TorchScript programs that bitloom writes itself, as text: made into the archive that the engine
 * loads, and called. One call runs as many operations as the program has, where each would cost a
 * call of its own from Java. Imports the engine; knows no network and no update rule.
 *
 * <pre>{@code
 * try (Program twice = Program.load("class Twice(Module): ...", Device.cpu())) {
 *   twice.train(x); // method forward
 * }
 * }</pre>
 */
package org.bitloom.program;
