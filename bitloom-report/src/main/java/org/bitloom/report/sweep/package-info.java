/**
 * What a page tells of a sweep: its table, its pictures and its runs. May import what {@code
 * org.bitloom.report} may.
 *
 * <pre>{@code
 * SweepPictures.Files drawn = SweepDrawing.of(sweep.ends()).draw(folder, command);
 * }</pre>
 */
package org.bitloom.report.sweep;
