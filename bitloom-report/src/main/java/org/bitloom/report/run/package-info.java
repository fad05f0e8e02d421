/**
 * What a page tells of one run or one model: a JSON object made of the files of a run's folder, or
 * of a model file. May import what {@code org.bitloom.report} may.
 *
 * <pre>{@code
 * Map<String, Object> run = RunPart.of(Path.of("runs/a"), "run1", Room.OF_ONE_RUN);
 * }</pre>
 */
package org.bitloom.report.run;
