/**
 * What repeated runs come to, for tables and pictures. Imports nothing of ours.
 *
 * <pre>{@code
 * Spread accuracy = Spread.of(List.of(0.972, 0.975, 0.974)); // 0.9737 ± 0.0015
 * }</pre>
 */
package org.bitloom.statistics;
