/**
 * TorchScript modules from a file, as DJL blocks: the archive and what its tensors are, without
 * running anything of it, and the module in the engine. Imports DJL, {@code data}, {@code model},
 * {@code io} and {@code error}.
 *
 * <pre>{@code
 * try (ScriptBlock block = ScriptNetwork.read(path, "net.pt").build(images)) { ... }
 * }</pre>
 */
package org.bitloom.script;
