package org.bitloom.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.bitloom.io.AtomicFiles;

/**
 * A file of the driver that executors may ask for. Spark brings its bytes only to those that do, in
 * blocks that executors hand on to each other.
 *
 * @param name without folders
 * @param bytes of the file
 */
record SentFile(String name, Broadcast<byte[]> bytes) implements Serializable {
  /** Offers a file, up to 2 GiB; it is read now. */
  static SentFile of(JavaSparkContext spark, Path file) throws IOException {
    return new SentFile(file.getFileName().toString(), spark.broadcast(Files.readAllBytes(file)));
  }

  /** Writes the file into a folder, which is made if need be, and returns its path. */
  Path writeInto(Path folder) throws IOException {
    Path file = Files.createDirectories(folder).resolve(name);
    byte[] content = bytes.value();
    AtomicFiles.write(file, out -> out.write(content));
    return file;
  }
}
