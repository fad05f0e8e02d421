/**
 * Networks by name or from a TorchScript file, as DJL blocks. Imports DJL, {@code data}, {@code
 * script} and {@code error}.
 *
 * <pre>{@code
 * Block block = new GraphBlock(Networks.graph("lenet300", images));
 * }</pre>
 */
package org.bitloom.network;
