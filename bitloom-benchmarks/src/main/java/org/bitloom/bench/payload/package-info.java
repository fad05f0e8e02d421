/**
 * Payloads into bit strings and out of them, beside a plain copy. Imports core.
 *
 * <pre>{@code
 * new PayloadBenchmark(System.out).run();
 * }</pre>
 */
package org.bitloom.bench.payload;
