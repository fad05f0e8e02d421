/**
 * A network on the engine: its initial weights, batches fed to it, steps of training, evaluation,
 * and the way from and to model files. Imports {@code settings}, {@code optimizer}, {@code
 * network}, {@code script}, {@code data}, {@code download}, DJL and all of core.
 *
 * <pre>{@code
 * try (Session session = task.open(network, true, DeviceChoice.AUTO, notices)) {
 *   Session.Seen seen = session.step(batch, seed);
 * }
 * }</pre>
 */
package org.bitloom.session;
