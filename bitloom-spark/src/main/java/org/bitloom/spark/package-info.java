/**
 * Sweeps on a Spark cluster: each run is one task, and Spark schedules, retries and carries files.
 * May import Spark and what the sweep itself is made of; nothing else may import Spark.
 *
 * <pre>{@code
 * MasterUrl master = MasterUrl.parse("spark://host:7077");
 * try (SparkConnection spark = SparkConnection.open(master, Map.of("spark.task.cpus", "2"))) {
 *   spark.forEach(items, work, (index, result) -> log.append(result));
 * }
 * }</pre>
 */
package org.bitloom.spark;
