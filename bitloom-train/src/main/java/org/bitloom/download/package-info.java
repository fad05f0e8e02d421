/**
 * Files from the network: HTTP downloads that go on where they stopped and end with the right bytes
 * or not at all, one process at a time, and the archives that they bring. Imports the JDK, {@code
 * org.bitloom.error} and {@code org.bitloom.io} only.
 *
 * <pre>{@code
 * Download.fetch(new RemoteFile(address, length, sha256, false), target, Patience.USUAL, progress);
 * }</pre>
 */
package org.bitloom.download;
