package org.bitloom.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bitloom.download.Wanted.FILE;
import static org.bitloom.download.Wanted.assertArrived;
import static org.bitloom.download.Wanted.fetch;
import static org.bitloom.download.Wanted.fetchHurriedly;
import static org.bitloom.download.Wanted.file;
import static org.bitloom.download.Wanted.leavePart;
import static org.bitloom.download.Wanted.sha256;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bitloom.data.IdxBytes;
import org.bitloom.error.FailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DownloadTest {
  @TempDir private Path folder;

  @Test
  void aFileArrivesUnderItsNameAndNothingElseStays() throws IOException {
    try (LoopbackServer server = new LoopbackServer(Replies.good(FILE))) {
      fetch(server, folder);
    }
    assertArrived(folder);
  }

  @Test
  void progressIsToldFromTheFirstByteToTheLast() throws IOException {
    Heard heard = new Heard();
    try (LoopbackServer server = new LoopbackServer(Replies.good(FILE))) {
      fetch(file(server), folder, heard);
    }
    assertThat(heard.lines())
        .startsWith("started /file file", "0/200000")
        .endsWith("200000/200000", "finished file");
  }

  @Test
  void aFileThatIsThereIsCheckedAndNotFetchedAgain() throws IOException {
    Heard heard = new Heard();
    Files.write(folder.resolve("file"), FILE);
    try (LoopbackServer server = new LoopbackServer(Replies.status(500))) {
      fetch(file(server), folder, heard);
      assertThat(server.requests()).isEmpty();
    }
    assertThat(heard.lines()).isEmpty();
  }

  @Test
  void aWrongFileThatIsThereIsLeftAloneAndRefused() throws IOException {
    Files.writeString(folder.resolve("file"), "mine");
    try (LoopbackServer server = new LoopbackServer(Replies.good(FILE))) {
      assertThatThrownBy(() -> fetch(server, folder))
          .isInstanceOf(FailureException.class)
          .hasMessageStartingWith(folder.resolve("file") + ": SHA-256 must be " + sha256(FILE))
          .extracting("hint")
          .isEqualTo("delete it, then it is downloaded anew");
    }
    assertThat(folder.resolve("file")).hasContent("mine");
  }

  @Test
  void afterADroppedConnectionTheRestIsFetched() throws IOException {
    Heard heard = new Heard();
    try (LoopbackServer server =
        new LoopbackServer(Replies.dropAfter(FILE, 70_000), Replies.good(FILE))) {
      fetch(file(server), folder, heard);
      assertThat(server.froms()).containsExactly(0, 70_000);
      assertThat(heard.lines()).containsSubsequence("70000/200000", "lost", "200000/200000");
    }
    assertArrived(folder);
  }

  @Test
  void aConnectionMayDropManyTimes() throws IOException {
    try (LoopbackServer server = new LoopbackServer(Replies.dropAfter(FILE, 25_000))) {
      fetch(server, folder);
      assertThat(server.froms())
          .containsExactly(0, 25_000, 50_000, 75_000, 100_000, 125_000, 150_000, 175_000);
    }
    assertArrived(folder);
  }

  @Test
  void aConnectionThatDropsTooOftenIsAnErrorAndTheNextDownloadGoesOn() throws IOException {
    try (LoopbackServer server = new LoopbackServer(Replies.dropAfter(FILE, 19_000))) {
      assertThatThrownBy(() -> fetch(server, folder))
          .isInstanceOf(FailureException.class)
          .hasMessage(server.address("/file") + " must go on sending, found the connection closed")
          .extracting("hint")
          .isEqualTo(
              "run it again to go on after 190000 of 200000 bytes, or put the file at "
                  + folder.resolve("file")
                  + " by hand");
      assertThat(server.requests()).hasSize(10);
      fetch(server, folder);
      assertThat(server.froms()).endsWith(190_000).hasSize(11);
    }
    assertArrived(folder);
  }

  @Test
  void aConnectionThatBringsNothingIsNotTriedAgain() {
    try (LoopbackServer server = new LoopbackServer(Replies.dropAfter(FILE, 0))) {
      assertThatThrownBy(() -> fetch(server, folder))
          .isInstanceOf(FailureException.class)
          .hasMessageEndingWith("/file must go on sending, found the connection closed")
          .extracting("hint")
          .asString()
          .startsWith("check the network and run it again, behind a proxy with https_proxy");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void wrongBytesAreDeletedAndBothChecksumsAreNamed() {
    byte[] other = FILE.clone();
    other[100_000] ^= 1;
    try (LoopbackServer server = new LoopbackServer(Replies.good(other))) {
      assertThatThrownBy(() -> fetch(server, folder))
          .isInstanceOf(FailureException.class)
          .hasMessage(
              "%s: SHA-256 must be %s, found %s",
              server.address("/file"), sha256(FILE), sha256(other))
          .extracting("hint")
          .isEqualTo(
              "run it again to start over, or put the file at "
                  + folder.resolve("file")
                  + " by hand");
    }
    assertThat(folder.resolve("file")).doesNotExist();
    assertThat(folder.resolve("file.part")).doesNotExist();
  }

  @Test
  void aPackedFileIsCheckedByItsUnpackedBytesAndStaysPacked() throws IOException {
    byte[] packed = IdxBytes.gzip(FILE);
    try (LoopbackServer server = new LoopbackServer(Replies.good(packed))) {
      fetch(packed(server, packed), folder, DownloadProgress.NONE);
    }
    assertThat(folder.resolve("file")).hasBinaryContent(packed);
  }

  @Test
  void wrongOrDamagedPackedFilesAreDeleted() {
    byte[] other = IdxBytes.gzip(Arrays.copyOf(FILE, 100_000));
    byte[] damaged = IdxBytes.gzip(FILE);
    damaged[5_000] ^= 1;
    byte[] cut = Arrays.copyOf(damaged, 4_000);
    for (byte[] packed : List.of(other, damaged, cut, FILE)) {
      try (LoopbackServer server = new LoopbackServer(Replies.good(packed))) {
        RemoteFile file = packed(server, packed);
        assertThatThrownBy(() -> fetch(file, folder, DownloadProgress.NONE))
            .isInstanceOf(FailureException.class)
            .hasMessageStartingWith(
                file.address() + ": SHA-256 of the unpacked file must be " + sha256(FILE));
      }
      assertThat(folder.resolve("file.part")).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 500, 503})
  void aStatusThatIsNoFileIsNamedWithAHintToGoByHand(int status) {
    try (LoopbackServer server = new LoopbackServer(Replies.status(status))) {
      assertThatThrownBy(() -> fetch(server, folder))
          .isInstanceOf(FailureException.class)
          .hasMessage(server.address("/file") + " must offer the file, found HTTP status " + status)
          .extracting("hint")
          .isEqualTo("put the file at " + folder.resolve("file") + " by hand");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void anErrorOfTheServerLosesNothingOfWhatIsThere() throws IOException {
    leavePart(folder, Arrays.copyOf(FILE, 50_000));
    try (LoopbackServer server = new LoopbackServer(Replies.status(404), Replies.good(FILE))) {
      assertThatThrownBy(() -> fetch(server, folder)).hasMessageContaining("404");
      fetch(server, folder);
      assertThat(server.froms()).containsExactly(50_000, 50_000);
    }
    assertArrived(folder);
  }

  @Test
  void anAnswerThatIsNotHttpIsAnError() {
    try (LoopbackServer server =
        new LoopbackServer(Replies.raw("SSH-2.0-server\r\n", new byte[0]))) {
      assertThatThrownBy(() -> fetch(server, folder))
          .isInstanceOf(FailureException.class)
          .hasMessageContaining(server.address("/file").toString());
    }
  }

  @Test
  void aServerThatFallsSilentIsLeftAfterABoundedTime() throws IOException {
    try (LoopbackServer server =
        new LoopbackServer(Replies.stallAfter(FILE, 120_000), Replies::stall)) {
      assertThatThrownBy(() -> fetchHurriedly(server, folder))
          .isInstanceOf(FailureException.class)
          .hasMessage(server.address("/file") + " must go on sending, found silence for 300 ms");
    }
    try (LoopbackServer server = new LoopbackServer(Replies.good(FILE))) {
      fetch(server, folder);
    }
    assertArrived(folder);
  }

  @Test
  void aServerThatAcceptsAndNeverAnswersIsLeftToo() {
    try (LoopbackServer server = new LoopbackServer(Replies::stall)) {
      assertThatThrownBy(() -> fetchHurriedly(server, folder))
          .isInstanceOf(FailureException.class)
          .hasMessage(server.address("/file") + " must go on sending, found silence for 300 ms");
    }
  }

  @Test
  void aPortWithoutServerIsAnErrorThatNamesTheAddress() {
    RemoteFile file;
    try (LoopbackServer server = new LoopbackServer(Replies.status(500))) {
      file = file(server);
    }
    assertThatThrownBy(() -> fetch(file, folder, DownloadProgress.NONE))
        .isInstanceOf(FailureException.class)
        .hasMessage(file.address() + " must be reachable, found the connection refused");
  }

  @Test
  void aFileThatOnlyLacksItsNameGetsItWithoutTheServer() throws IOException {
    leavePart(folder, FILE);
    try (LoopbackServer server = new LoopbackServer(Replies.status(500))) {
      fetch(server, folder);
      assertThat(server.requests()).isEmpty();
    }
    assertArrived(folder);
  }

  @Test
  void aPartThatIsLongerThanTheFileIsThrownAway() throws IOException {
    leavePart(folder, Arrays.copyOf(FILE, FILE.length + 1));
    try (LoopbackServer server = new LoopbackServer(Replies.good(FILE))) {
      fetch(server, folder);
      assertThat(server.froms()).containsExactly(0);
    }
    assertArrived(folder);
  }

  private static RemoteFile packed(LoopbackServer server, byte[] packed) {
    return new RemoteFile(server.address("/file"), packed.length, sha256(FILE), true);
  }
}
