package org.bitloom.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.bitloom.io.Sha256;
import org.bitloom.testkit.Seeds;

/** The file that tests download, under the name {@code file}. */
public final class Wanted {
  static final byte[] FILE = new byte[200_000];

  static {
    Seeds.random("file to download").nextBytes(FILE);
  }

  private Wanted() {}

  /** Returns the bytes of the file. */
  public static byte[] bytes() {
    return FILE.clone();
  }

  public static RemoteFile file(LoopbackServer server) {
    return new RemoteFile(server.address("/file"), FILE.length, sha256(FILE), false);
  }

  public static void fetch(LoopbackServer server, Path folder) throws IOException {
    fetch(file(server), folder, DownloadProgress.NONE);
  }

  public static void fetch(RemoteFile file, Path folder, DownloadProgress progress)
      throws IOException {
    Download.fetch(file, folder.resolve("file"), patience(Duration.ofSeconds(60)), progress);
  }

  /** Downloads with little patience for a silent server. */
  public static void fetchHurriedly(LoopbackServer server, Path folder) throws IOException {
    Patience hurried = patience(Duration.ofMillis(300));
    Download.fetch(file(server), folder.resolve("file"), hurried, DownloadProgress.NONE);
  }

  private static Patience patience(Duration silence) {
    return new Patience(Duration.ofSeconds(60), silence, Duration.ZERO, 10);
  }

  public static void leavePart(Path folder, byte[] bytes) throws IOException {
    Files.write(folder.resolve("file.part"), bytes);
  }

  public static void assertArrived(Path folder) {
    assertThat(folder.resolve("file")).hasBinaryContent(FILE);
    assertThat(folder.resolve("file.part")).doesNotExist();
  }

  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Sha256.digest().digest(bytes));
  }
}
