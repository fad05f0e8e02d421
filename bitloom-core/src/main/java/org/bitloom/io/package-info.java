/**
 * Files: the model file, the safetensors container under it, JSON, and writing that never leaves
 * half a file. Readers believe no length and no number of a file before it is checked; damage is a
 * {@link org.bitloom.io.CorruptFileException} and nothing else. Imports {@code model} and {@code
 * bits}; the bytes are described in docs/format.md.
 *
 * <pre>{@code
 * ModelFile.write(path, model);
 * BitModel same = ModelFile.read(path);
 * try (SafetensorsFile file = SafetensorsFile.open(path)) {
 *   file.verifyChecksum();
 *   float[] mean = file.floats("input.mean");
 * }
 * }</pre>
 */
package org.bitloom.io;
