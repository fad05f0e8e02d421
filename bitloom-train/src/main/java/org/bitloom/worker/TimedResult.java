package org.bitloom.worker;

/**
 * A run that ended, and how long that took.
 *
 * @param result line of the run
 * @param seconds wall-clock time; of a resumed run, since it was resumed
 */
public record TimedResult(RunResult result, double seconds) {}
