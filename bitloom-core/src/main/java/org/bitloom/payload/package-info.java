/**
 * Frozen bits as storage: which bits are free and in what order, and the container that proves what
 * is in them. Compression, encryption and repair are in {@code org.bitloom.seal}, which needs
 * libraries. Imports {@code error}, {@code bits}, {@code model}, and {@code io} for checksums and
 * damaged files; the bytes are described in docs/format.md.
 *
 * <pre>{@code
 * FreeBits bits = FreeBits.noise(tensors, seed);           // no model needed yet
 * ContainerHeader first = ContainerHeader.unfinished(Set.of(), "a.txt");
 * ContainerWriter.write(bits, first, content, Packer.NONE);
 * int[] codes = bits.codes(0);                             // free bits of the first parameter
 * ContainerReader.open(bits.input(0)).copyTo(out, Unpacker.NONE);
 * }</pre>
 */
package org.bitloom.payload;
