package org.bitloom.data;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bitloom.download.DownloadProgress;
import org.bitloom.download.Patience;
import org.bitloom.download.RemoteFile;

/** Fetches one file in a process of its own: ADDRESS LENGTH SHA256 FOLDER. */
final class DownloadProgram {
  private DownloadProgram() {}

  public static void main(String[] words) throws IOException {
    RemoteFile file =
        new RemoteFile(URI.create(words[0]), Long.parseLong(words[1]), words[2], false);
    fetch(file, Path.of(words[3]), DownloadProgress.NONE);
  }

  /** Fetches the file in this process. */
  static void fetch(RemoteFile file, Path folder, DownloadProgress progress) throws IOException {
    KnownSet set = KnownSet.FASHION_MNIST;
    new Publishers(Map.of(set, List.of(file)), Patience.USUAL).fetch(set, folder, progress);
  }

  static Process start(RemoteFile file, Path folder) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DownloadProgram.class.getName(),
                file.address().toString(),
                Long.toString(file.length()),
                file.sha256(),
                folder.toString()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
