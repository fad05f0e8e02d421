/**
 * What users choose of images: which of a folder make a data set, and what pixels they give.
 * Imports the JDK and {@code org.bitloom.error} only.
 *
 * <pre>{@code
 * ImageSize size = ImageSize.parse("64x48");
 * int grey = SampleRange.parse("0..4095").scale(2048); // 128
 * }</pre>
 */
package org.bitloom.images.choice;
