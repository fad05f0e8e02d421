/**
 * Networks that run over many images in plain Java. Imports {@code data} and {@code infer}; knows
 * nothing of the engine.
 *
 * <pre>{@code
 * PlainNetwork network = new PlainNetwork(BitNetwork.of(model), threads);
 * double accuracy = network.measure(images).matrix().perClass().balanced().orElse(0);
 * }</pre>
 */
package org.bitloom.session.plain;
