/**
 * Processes that train one run at a time, and what they are told and answer. Imports {@code run}
 * and what run may import, but no engine.
 *
 * <pre>{@code
 * try (WorkerPool pool = new WorkerPool(WorkerCommand.likeThisJvm())) {
 *   WorkerTask task = new WorkerTask(run, folder, dataDir, device);
 *   Optional<TimedResult> trained = pool.train(task, seconds -> {});
 * }
 * }</pre>
 */
package org.bitloom.worker;
