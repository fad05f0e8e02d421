package org.bitloom.spark;

import java.io.Serializable;

/**
 * What a task brings back.
 *
 * @param line how the run ended, as in results.jsonl
 * @param seconds it took
 * @param model bytes of model.safetensors; empty if not asked for, or if there is none
 */
record SentResult(String line, double seconds, byte[] model) implements Serializable {}
