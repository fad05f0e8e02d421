/**
 * The way of samples to the engine: which of them a run sees and in which order, images normalized
 * and augmented into batches beside the training, and the loss of a batch. Imports {@code
 * settings}, {@code data}, DJL and core.
 *
 * <pre>{@code
 * try (Prefetch batches = new Prefetch(new ImageFeed(images, normalization), 64)) {
 *   batches.begin(samples.order(seed, epoch), 0);
 *   Batch batch = batches.next();
 * }
 * }</pre>
 */
package org.bitloom.session.batch;
