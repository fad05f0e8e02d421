package org.bitloom.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class DownloadLinesTest {
  private static final String BEGIN = "downloading http://data.example/a.gz into cache\n";
  private static final long MIB = 1 << 20;

  /** Erases what a longer text left behind. */
  private static final String END = "\u001b[K";

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private long millis;

  private DownloadLines begin(int columns) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    DownloadLines lines =
        new DownloadLines(new Console(stream, stream, columns), () -> millis * 1_000_000);
    lines.started(URI.create("http://data.example/a.gz"), Path.of("cache/a.gz"));
    return lines;
  }

  private String printed() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void onATerminalTheLiveLineIsRenewedFiveTimesASecond() {
    DownloadLines lines = begin(80);
    lines.received(0, 160 * MIB);
    millis = 199;
    lines.received(MIB, 160 * MIB);
    assertThat(printed()).isEqualTo(BEGIN);
    millis = 1000;
    lines.received(16 * MIB, 160 * MIB);
    String first = "a.gz  16.0 MiB of 160.0 MiB  10 %  16.0 MiB/s  9 s left";
    millis = 10_000;
    lines.received(159 * MIB, 160 * MIB);
    String second = "a.gz  159.0 MiB of 160.0 MiB  99 %  15.9 MiB/s  0 s left";
    assertThat(printed()).isEqualTo(BEGIN + first + END + "\r" + second + END);
    lines.received(160 * MIB, 160 * MIB);
    lines.finished(Path.of("cache/a.gz"));
    assertThat(printed()).endsWith("\r\u001b[Ja.gz  160.0 MiB, checksum good, 10 s\n");
  }

  @Test
  void pipedThereIsALineEveryTenSeconds() {
    DownloadLines lines = begin(0);
    lines.received(0, 100 * MIB);
    for (millis = 1000; millis <= 25_000; millis += 1000) {
      lines.received(millis / 1000 * MIB, 100 * MIB);
    }
    assertThat(printed())
        .isEqualTo(
            BEGIN
                + "a.gz  10.0 MiB of 100.0 MiB  10 %  1.0 MiB/s  1:30 left\n"
                + "a.gz  20.0 MiB of 100.0 MiB  20 %  1.0 MiB/s  1:20 left\n");
  }

  @Test
  void whatAnEarlierDownloadBroughtDoesNotCountAsSpeed() {
    DownloadLines lines = begin(80);
    lines.received(50 * MIB, 100 * MIB);
    millis = 1000;
    lines.received(51 * MIB, 100 * MIB);
    assertThat(printed()).endsWith("a.gz  51.0 MiB of 100.0 MiB  51 %  1.0 MiB/s  49 s left" + END);
  }

  @Test
  void aServerThatBeginsAgainAndOneThatSendsNothingAreShownToo() {
    DownloadLines lines = begin(80);
    lines.received(50 * MIB, 100 * MIB);
    millis = 1000;
    lines.received(0, 100 * MIB);
    assertThat(printed()).endsWith("a.gz  0 bytes of 100.0 MiB  0 %  0 bytes/s  ? left" + END);
  }

  @Test
  void aLostConnectionIsSaidAndTheFolderOfTheNextFileOnlyIfItIsAnother() {
    DownloadLines lines = begin(80);
    lines.received(MIB, 2 * MIB);
    lines.lost();
    lines.started(URI.create("http://data.example/b.gz"), Path.of("cache/b.gz"));
    lines.started(URI.create("http://data.example/c.gz"), Path.of("other/c.gz"));
    assertThat(printed())
        .isEqualTo(
            BEGIN
                + "a.gz  connection lost after 1.0 MiB, going on\n"
                + "downloading http://data.example/b.gz\n"
                + "downloading http://data.example/c.gz into other\n");
  }

  @Test
  void waitingForAnotherProcessAndUnpackingAreSaid() {
    DownloadLines lines = begin(0);
    lines.waiting(Path.of("cache"));
    lines.unpacking(Path.of("cache/a.tar.gz"));
    assertThat(printed())
        .isEqualTo(
            BEGIN
                + "waiting for another bitloom that downloads into cache\n"
                + "unpacking a.tar.gz\n");
  }
}
