package org.bitloom.data;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Downloads in a process of its own: ADDRESS LENGTH SHA256 TARGET. */
final class DownloadProgram {
  private DownloadProgram() {}

  public static void main(String[] words) throws IOException {
    RemoteFile file =
        new RemoteFile(URI.create(words[0]), Long.parseLong(words[1]), words[2], false);
    Download.fetch(file, Path.of(words[3]), Patience.USUAL, DownloadProgress.NONE);
  }

  static Process start(RemoteFile file, Path target) throws IOException {
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
                target.toString()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
