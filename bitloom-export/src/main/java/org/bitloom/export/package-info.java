/**
 * Writes trained networks as files of other programs: floats, ONNX, C. Imports {@code model},
 * {@code graph}, {@code bits} and {@code io}; nothing else of ours knows these formats.
 *
 * <pre>{@code
 * BitModel model = ModelFile.read(Path.of("runs/a/model.safetensors"));
 * ExportFormat.FLOATS.write(model, Path.of("lenet.safetensors"));
 * }</pre>
 */
package org.bitloom.export;
