/**
 * Networks by name, as DJL blocks. Imports DJL and {@code error}.
 *
 * <pre>{@code
 * Block block = Networks.build("lenet300", 10);
 * }</pre>
 */
package org.bitloom.network;
