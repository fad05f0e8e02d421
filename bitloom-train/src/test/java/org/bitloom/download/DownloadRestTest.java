package org.bitloom.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bitloom.download.Wanted.FILE;
import static org.bitloom.download.Wanted.assertArrived;
import static org.bitloom.download.Wanted.fetch;
import static org.bitloom.download.Wanted.file;
import static org.bitloom.download.Wanted.leavePart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bitloom.error.FailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads that go on from a part, that are sent elsewhere, or that get another length. */
final class DownloadRestTest {
  @TempDir private Path folder;

  @Test
  void whatAnEarlierProcessLeftIsNotFetchedAgain() throws IOException {
    Heard heard = new Heard();
    leavePart(folder, Arrays.copyOf(FILE, 123_456));
    try (LoopbackServer server = new LoopbackServer(Replies.good(FILE))) {
      fetch(file(server), folder, heard);
      assertThat(server.froms()).containsExactly(123_456);
    }
    assertThat(heard.lines()).startsWith("started /file file", "123456/200000");
    assertArrived(folder);
  }

  @Test
  void aDamagedPartIsFoundByTheChecksumAndTheNextDownloadStartsOver() throws IOException {
    leavePart(folder, new byte[50_000]);
    try (LoopbackServer server = new LoopbackServer(Replies.good(FILE))) {
      assertThatThrownBy(() -> fetch(server, folder)).hasMessageContaining("SHA-256 must be");
      fetch(server, folder);
      assertThat(server.froms()).containsExactly(50_000, 0);
    }
    assertArrived(folder);
  }

  @Test
  void aServerWithoutRangesIsReadFromTheStart() throws IOException {
    Heard heard = new Heard();
    leavePart(folder, new byte[50_000]);
    try (LoopbackServer server = new LoopbackServer(Replies.ignoringRange(FILE))) {
      fetch(file(server), folder, heard);
      assertThat(server.froms()).containsExactly(50_000);
    }
    assertThat(heard.lines()).contains("0/200000");
    assertArrived(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "206 Partial Content\r\nContent-Range: bytes 50001-199999/200000",
        "206 Partial Content\r\nContent-Range: bytes 50000-199999/300000",
        "206 Partial Content\r\nContent-Range: bytes 50000-199999/*",
        "206 Partial Content\r\nContent-Range: nonsense",
        "206 Partial Content\r\nContent-Length: 150000",
        "416 Range Not Satisfiable\r\nContent-Range: bytes */200000",
        "416 Range Not Satisfiable\r\nContent-Length: 0"
      })
  void anotherRangeThanAskedForMakesTheDownloadStartOver(String head) throws IOException {
    leavePart(folder, Arrays.copyOf(FILE, 50_000));
    LoopbackServer.Reply wrong = Replies.raw("HTTP/1.1 " + head + "\r\n", new byte[150_000]);
    try (LoopbackServer server = new LoopbackServer(wrong, Replies.good(FILE))) {
      fetch(server, folder);
      assertThat(server.froms()).containsExactly(50_000, 0);
    }
    assertArrived(folder);
  }

  @Test
  void aPartNobodyAskedForIsNotTaken() {
    LoopbackServer.Reply partial =
        Replies.raw(
            "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-199999/200000\r\n", FILE);
    try (LoopbackServer server = new LoopbackServer(partial)) {
      assertThatThrownBy(() -> fetch(server, folder)).hasMessageEndingWith("found HTTP status 206");
    }
  }

  @Test
  void anotherLengthIsRefusedBeforeAnythingIsThrownAway() throws IOException {
    leavePart(folder, Arrays.copyOf(FILE, 50_000));
    byte[] page = new byte[1_000];
    try (LoopbackServer server = new LoopbackServer(Replies.ignoringRange(page))) {
      assertThatThrownBy(() -> fetch(server, folder))
          .isInstanceOf(FailureException.class)
          .hasMessage(server.address("/file") + ": length must be 200000 bytes, found 1000");
    }
    assertThat(folder.resolve("file.part")).hasSize(50_000);
  }

  @Test
  void bytesBeyondTheLengthAreNotTaken() throws IOException {
    byte[] longer = Arrays.copyOf(FILE, FILE.length + 5_000);
    String announced = "HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n";
    for (String head : List.of(announced, "HTTP/1.1 200 OK\r\n")) {
      try (LoopbackServer server = new LoopbackServer(Replies.raw(head, longer))) {
        fetch(server, folder);
      }
      assertArrived(folder);
      Files.delete(folder.resolve("file"));
    }
  }

  @Test
  void aFileOfUnannouncedLengthThatEndsTooSoonIsGoneOnWith() throws IOException {
    LoopbackServer.Reply shorter = Replies.raw("HTTP/1.1 200 OK\r\n", Arrays.copyOf(FILE, 60_000));
    try (LoopbackServer server = new LoopbackServer(shorter, Replies.good(FILE))) {
      fetch(server, folder);
      assertThat(server.froms()).containsExactly(0, 60_000);
    }
    assertArrived(folder);
  }

  @Test
  void redirectsAreFollowedAndTheRangeWithThem() throws IOException {
    leavePart(folder, Arrays.copyOf(FILE, 50_000));
    try (LoopbackServer far = new LoopbackServer(Replies.good(FILE));
        LoopbackServer near =
            new LoopbackServer(
                Replies.redirect("/moved"), Replies.redirect(far.address("/far").toString()))) {
      fetch(near, folder);
      assertThat(near.requests())
          .extracting(LoopbackServer.Request::path)
          .containsExactly("/file", "/moved");
      assertThat(far.requests()).containsExactly(new LoopbackServer.Request("/far", 50_000));
    }
    assertArrived(folder);
  }

  @Test
  void anErrorBehindARedirectNamesTheLastAddress() {
    try (LoopbackServer server =
        new LoopbackServer(Replies.redirect("/moved"), Replies.status(404))) {
      assertThatThrownBy(() -> fetch(server, folder))
          .hasMessage(server.address("/moved") + " must offer the file, found HTTP status 404");
    }
  }

  @Test
  void aRedirectFromHttpToHttpsIsFollowed() {
    String moved;
    try (LoopbackServer gone = new LoopbackServer(Replies.status(500))) {
      moved = gone.address("/file").toString().replace("http:", "https:");
    }
    try (LoopbackServer server = new LoopbackServer(Replies.redirect(moved))) {
      assertThatThrownBy(() -> fetch(server, folder))
          .isInstanceOf(FailureException.class)
          .hasMessage(moved + " must be reachable, found the connection refused");
    }
  }

  @Test
  void redirectsInACircleEnd() {
    try (LoopbackServer server = new LoopbackServer(Replies.redirect("/file"))) {
      assertThatThrownBy(() -> fetch(server, folder))
          .isInstanceOf(FailureException.class)
          .hasMessage(
              server.address("/file") + " must lead to a file by at most 5 redirects, found more");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.1/file", "http://a b", "http:///x"})
  void aRedirectToSomethingElseIsRefused(String location) {
    try (LoopbackServer server = new LoopbackServer(Replies.redirect(location))) {
      assertThatThrownBy(() -> fetch(server, folder))
          .isInstanceOf(FailureException.class)
          .hasMessageEndingWith(
              "/file must redirect to an address in http or https, found " + location);
    }
  }
}
