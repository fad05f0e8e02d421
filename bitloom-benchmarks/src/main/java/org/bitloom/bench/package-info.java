/**
 * The command of the benchmarks: a word for each, and each in a package below. Imports everything
 * but the command of bitloom; not published.
 *
 * <pre>{@code
 * ./bitloom-bench step
 * }</pre>
 */
package org.bitloom.bench;
