package org.bitloom.worker;

/**
 * A run that ended, and how long that took.
 *
 * @param end line of the run
 * @param seconds wall-clock time; of a resumed run, since it was resumed
 */
public record Trained(RunEnd end, double seconds) {}
