/**
 * The live page of a run or a sweep: a server that only this machine reaches, and only who knows
 * its address, looks at a folder that another process, or this one, works in. It reads and never
 * writes. May import {@code report} and all below.
 *
 * <pre>{@code
 * try (Watch watch = Watch.start(Path.of("runs/a"), 0)) {
 *   System.out.println(watch.address());
 * }
 * }</pre>
 */
package org.bitloom.watch;
