/**
 * Runs trained networks in plain Java, with core and the JDK alone: the graph of a model, read once
 * into operations on arrays, with the integer weights and one scale for each layer. Imports {@code
 * model}, {@code graph}, {@code bits} and {@code io}.
 *
 * <pre>{@code
 * BitNetwork network = BitNetwork.load(Path.of("runs/a/model.safetensors"));
 * float[] scores = network.scores(pixels);   // raw pixels, 0..255
 * int found = network.classify(pixels);
 * }</pre>
 */
package org.bitloom.infer;
