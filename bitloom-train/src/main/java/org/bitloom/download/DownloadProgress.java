package org.bitloom.download;

import java.net.URI;
import java.nio.file.Path;

/**
 * Hears how downloads go, one file after the other: for each file {@link #started}, {@link
 * #received} many times a second, {@link #finished}. An error ends the calls.
 */
public interface DownloadProgress {
  /** Hears nothing. */
  DownloadProgress NONE = new DownloadProgress() {};

  /** Says that another process downloads into {@code folder} and is waited for. */
  default void waiting(Path folder) {}

  /** Says that {@code address} is asked for a file that shall become {@code target}. */
  default void started(URI address, Path target) {}

  /**
   * Tells how much is there.
   *
   * @param bytes received so far, those of earlier attempts included; fewer than before if the
   *     server begins again
   * @param total length of the file in bytes
   */
  default void received(long bytes, long total) {}

  /** Says that a connection brought only a part, and that the rest is asked for. */
  default void lost() {}

  /** Says that the file lies at {@code target}, its checksum good. */
  default void finished(Path target) {}

  /** Says that a file that lies at {@code archive} now is taken apart, which takes seconds. */
  default void unpacking(Path archive) {}
}
