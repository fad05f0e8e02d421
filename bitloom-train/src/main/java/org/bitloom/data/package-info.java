/**
 * Labelled images as raw bytes: where they are found or downloaded from, and how they are read,
 * from the files of known data sets or from folders of images. Known sets are checked against the
 * SHA-256 of every unpacked file, so a result can be traced to its data. Imports the JDK, {@code
 * images}, {@code download}, {@code error} and {@code io}.
 *
 * <pre>{@code
 * DataSet mnist = DataSets.standard().load("mnist", Optional.empty());
 * int label = mnist.train().labels()[0];            // 5
 * int pixel = mnist.train().pixels()[0] & 0xff;     // top left of the first image, 0..255
 * }</pre>
 */
package org.bitloom.data;
