/**
 * The engine's native libraries on the disk: unpacked from the jars once, whole or not at all, and
 * looked at before they are loaded, for a library that is cut off ends the JVM. Imports {@code
 * error}, {@code io}, {@code download} for its lock, and DJL.
 *
 * <pre>{@code
 * EngineCache.ready(); // before Engine.getInstance()
 * }</pre>
 */
package org.bitloom.session.cache;
