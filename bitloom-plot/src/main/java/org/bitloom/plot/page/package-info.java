/**
 * What a picture is drawn on and with: a page of charts between title and caption, its lettering,
 * axes with given ticks, and the canvas that turns it into SVG. Fonts are measured by a table, so a
 * layout does not depend on the machine. Imports JFreeChart, Batik and core's errors.
 *
 * <pre>{@code
 * Page page = new Page("Title", List.of(Page.Block.chart(300, "", plot)), List.of("Caption."));
 * SvgCanvas canvas = SvgCanvas.blank();
 * page.draw(canvas);
 * }</pre>
 */
package org.bitloom.plot.page;
