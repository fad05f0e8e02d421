/**
 * The engine itself: where its native library lies, how it is loaded and with how many threads, its
 * devices, and what its failures mean. Imports {@code error}, {@code graph}, {@code network},
 * {@code settings}, {@code session.cache}, {@code session.memory}, and DJL.
 *
 * <pre>{@code
 * Engines.prepare(threads);
 * Optional<Device> device = Devices.of(choice, network, notices);
 * }</pre>
 */
package org.bitloom.session.engine;
