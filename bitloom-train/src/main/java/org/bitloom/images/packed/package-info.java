/**
 * Packed parts of image files, looked at without unpacking them for good: what they hold and how
 * long it is. Imports the JDK only; what is wrong is an {@link IllegalArgumentException}.
 *
 * <pre>{@code
 * long bytes = PackedLength.packBits(strip, 4096); // at most 4096 and a run
 * }</pre>
 */
package org.bitloom.images.packed;
