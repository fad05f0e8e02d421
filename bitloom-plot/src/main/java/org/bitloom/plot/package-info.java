/**
 * Pictures of sweeps: accuracy against trained bits, all masks of a depth, one bit at a time. Laid
 * out by JFreeChart, written as SVG by Batik and as PNG by the JDK. Imports core's errors and
 * files.
 *
 * <pre>{@code
 * SweepResults results = new SweepResults(points, floats, caption);
 * SweepPictures.Files files = SweepPictures.draw(results, folder); // accuracy.svg and more
 * files.remarks().forEach(console::warn);
 * }</pre>
 */
package org.bitloom.plot;
