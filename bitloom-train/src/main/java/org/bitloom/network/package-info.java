/**
 * Networks by name or from a TorchScript file, as DJL blocks. Imports DJL, {@code data}, {@code
 * script} and {@code error}.
 *
 * <pre>{@code
 * Block block = Networks.build("lenet300", 10);
 * }</pre>
 */
package org.bitloom.network;
