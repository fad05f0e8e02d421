/**
 * Folders of image files as bytes: a check of every file for what the decoders of the JDK let pass,
 * the decoding, and a cache of what was decoded. Imports the JDK, a decoder of WebP, {@code
 * org.bitloom.error}, {@code bits}, for random numbers, and {@code io} only.
 *
 * <pre>{@code
 * DecodedFolder flowers = ImageFolder.read(folder, cache, ImageFolder.Options.STRICT);
 * String first = flowers.classes().get(flowers.train().labels()[0] & 0xff); // daisy
 * }</pre>
 */
package org.bitloom.images;
