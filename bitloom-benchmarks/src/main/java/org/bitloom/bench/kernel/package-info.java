/**
 * The update of one tensor alone: its cases, the bytes it moves, beside the copy bandwidth of the
 * machine and scalar beside vector. Imports core and what is measured with.
 *
 * <pre>{@code
 * new KernelTable(System.out, team).print();
 * }</pre>
 */
package org.bitloom.bench.kernel;
