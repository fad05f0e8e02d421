/**
 * Whether a network and its training fit into memory, told before anything is built. Imports {@code
 * settings}, {@code network}, {@code data}, DJL and core.
 *
 * <pre>{@code
 * new NetworkRoom(MemoryLimits.here()).checkTraining(block, data, settings);
 * }</pre>
 */
package org.bitloom.session.memory;
