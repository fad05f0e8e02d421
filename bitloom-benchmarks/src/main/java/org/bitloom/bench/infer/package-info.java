/**
 * Inference in plain Java beside ONNX Runtime: the same networks, one image, one thread each.
 *
 * <pre>{@code
 * new InferBenchmark(System.out).run();
 * }</pre>
 */
package org.bitloom.bench.infer;
