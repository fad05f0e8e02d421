/**
 * What libraries add to containers: zstd compression, encryption in the age format, Reed-Solomon
 * parity; and with them the whole way of a file into free bits and out again. Imports {@code
 * error}, {@code bits}, {@code model}, {@code io}, {@code payload} and the four libraries; the
 * bytes are described in docs/format.md, the choice of libraries in docs/decisions.
 *
 * <pre>{@code
 * Sealing sealing = new Sealing(true, Optional.of(AgeLock.passphrase("secret")), true);
 * BitModel marked = Payloads.embed(model, PayloadFile.of(path), sealing, 1);
 * Payloads.extract(FreeBits.of(marked), AgeKey.passphrase("secret"), out);
 * }</pre>
 */
package org.bitloom.seal;
