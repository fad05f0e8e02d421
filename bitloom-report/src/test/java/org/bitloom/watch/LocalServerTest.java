package org.bitloom.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other users of the machine, and other pages in the same browser, come to. */
final class LocalServerTest {
  private static final String SECRET = "the numbers of the run";
  private static LocalServer server;
  private static URI address;

  @BeforeAll
  static void start() throws IOException {
    Content page = Content.of(Content.HTML, SECRET);
    Content data = Content.of(Content.JSON, "tag7", "{\"secret\":\"" + SECRET + "\"}");
    server = LocalServer.start(0, Map.of("", () -> page, "data.json", () -> data));
    address = server.address();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String get(String path) {
    return RawRequest.answer(address, "GET " + path + " HTTP/1.1", RawRequest.host(address));
  }

  private static String token() {
    return address.getPath().replace("/", "");
  }

  @Test
  void whoKnowsTheAddressGetsThePageAndItsData() {
    assertThat(get(address.getPath())).startsWith("HTTP/1.1 200").endsWith(SECRET);
    assertThat(get(address.getPath() + "data.json")).startsWith("HTTP/1.1 200").contains(SECRET);
  }

  @Test
  void headTellsTheLengthAndNothingElse() {
    String answer =
        RawRequest.answer(
            address, "HEAD " + address.getPath() + " HTTP/1.1", RawRequest.host(address));
    assertThat(answer)
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("Content-Length: " + SECRET.length())
        .endsWith("\r\n\r\n");
  }

  @Test
  void anotherUserWithoutTheTokenGetsNothing() {
    String token = token();
    String changed = (token.charAt(0) == 'A' ? 'B' : 'A') + token.substring(1);
    for (String path :
        List.of(
            "/",
            "/data.json",
            "//data.json",
            "/" + token.substring(1) + "/",
            "/" + token + "x/",
            "/" + changed + "/",
            "/" + changed + "/data.json",
            "/" + token)) {
      assertThat(get(path)).as(path).startsWith("HTTP/1.1 404").doesNotContain(SECRET);
    }
  }

  @Test
  void theTokenHasMoreBitsThanAnybodyTriesAndIsAnotherOneEachTime() {
    assertThat(token()).hasSizeGreaterThanOrEqualTo(22).matches("[A-Za-z0-9_-]+");
    assertThat(Token.draw()).isNotEqualTo(Token.draw());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example",
        "Host: evil.example:PORT",
        "Host: 127.0.0.1",
        "Host: 127.0.0.1:1",
        "Host: 127.0.0.1.evil.example:PORT",
        "Host: 127.0.0.1:PORT.evil.example",
        "Host: [::1]:PORT",
        "Host: ",
        "X-Host: 127.0.0.1:PORT",
        "Host: 127.0.0.1:PORT\r\nHost: evil.example"
      })
  void aPageOfAnotherSiteWhoseNameLeadsHereIsRefused(String host) {
    String answer =
        RawRequest.answer(
            address,
            "GET " + address.getPath() + " HTTP/1.1",
            host.replace("PORT", Integer.toString(address.getPort())));
    assertThat(answer)
        .doesNotContain("HTTP/1.1 200")
        .doesNotContain(SECRET)
        .doesNotContain(token())
        .doesNotContain("evil");
  }

  @Test
  void localhostIsItsOtherName() {
    String host = "Host: LocalHost:" + address.getPort();
    assertThat(RawRequest.answer(address, "GET " + address.getPath() + " HTTP/1.1", host))
        .startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/TOKEN/../TOKEN/data.json",
        "/TOKEN/./data.json",
        "/TOKEN/%2e%2e/etc/passwd",
        "/TOKEN/..%2f..%2fetc%2fpasswd",
        "/TOKEN/..\\\\config.json",
        "/TOKEN/%64ata.json",
        "/TOKEN/data.json/",
        "/TOKEN/data.json?x=1",
        "/TOKEN/data.json#x",
        "/TOKEN/data.json%00",
        "/TOKEN/DATA.JSON",
        "/TOKEN//data.json",
        "//TOKEN/data.json",
        "/x/../TOKEN/data.json",
        "/TOKEN;x/data.json",
        "/TOKEN/config.json",
        "/TOKEN/metrics.jsonl",
        "/TOKEN/etc/passwd",
        "http://127.0.0.1/TOKEN/data.json",
        "TOKEN/data.json",
        "/TOKEN/<script>",
        "*",
        "%",
        ""
      })
  void pathTricksAreRefusedWithoutAnEcho(String path) {
    assertThat(get(path.replace("TOKEN", token())))
        .matches("(?s)HTTP/1.1 40[04] .*")
        .doesNotContain(SECRET)
        .doesNotContain(token())
        .doesNotContain("passwd")
        .doesNotContain("script");
  }

  @Test
  void aLineWithoutAnEndIsNotReadToItsEnd() {
    String answer = get("/" + token() + "/" + "a".repeat(2_000_000));
    assertThat(answer).doesNotContain("HTTP/1.1 200").doesNotContain("aaa");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get", "X"})
  void nothingButGetIsAllowed(String method) {
    String answer =
        RawRequest.answer(
            address,
            method + " " + address.getPath() + "data.json HTTP/1.1",
            RawRequest.host(address),
            "Content-Length: 0");
    assertThat(answer)
        .startsWith("HTTP/1.1 405")
        .containsIgnoringCase("Allow: GET, HEAD")
        .doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/TOKEN/", "/TOKEN/data.json", "/"})
  void everyAnswerKeepsTheBrowserFromKeepingFramingAndGuessing(String path) {
    assertThat(get(path.replace("TOKEN", token())))
        .containsIgnoringCase("Cache-Control: no-store")
        .containsIgnoringCase("X-Content-Type-Options: nosniff")
        .containsIgnoringCase("X-Frame-Options: DENY")
        .containsIgnoringCase("Referrer-Policy: no-referrer")
        .containsIgnoringCase("Cross-Origin-Resource-Policy: same-origin")
        .containsIgnoringCase("frame-ancestors 'none'")
        .doesNotContainIgnoringCase("Access-Control");
  }

  @Test
  void whatIsKnownIsNotSentAgain() {
    String answer =
        RawRequest.answer(
            address,
            "GET " + address.getPath() + "data.json HTTP/1.1",
            RawRequest.host(address),
            "If-None-Match: \"tag7\"");
    assertThat(answer).startsWith("HTTP/1.1 304").doesNotContain(SECRET);
  }

  @Test
  void slowClientsDoNotHoldUpOthers() throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort());
        slow.add(socket);
        socket.getOutputStream().write("GET /half".getBytes(StandardCharsets.US_ASCII));
      }
      assertThat(get(address.getPath())).startsWith("HTTP/1.1 200");
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void onlyThisMachineReachesIt() {
    assertThat(address.getHost()).isEqualTo("127.0.0.1");
    assertThatThrownBy(
            () -> {
              try (Socket other = new Socket("127.0.0.2", address.getPort())) {
                assertThat(other).isNull();
              }
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void aPortInUseIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> LocalServer.start(port, Map.of()))
          .isInstanceOf(FailureException.class)
          .hasMessage("port must be free on 127.0.0.1, " + port + " is in use");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void aNumberThatIsNoPortIsRefused(int port) {
    assertThatThrownBy(() -> LocalServer.start(port, Map.of())).isInstanceOf(UsageException.class);
  }

  @Test
  void itsThreadsDoNotKeepTheProcess() {
    assertThat(get(address.getPath())).startsWith("HTTP/1.1 200");
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(t -> t.getName().startsWith("bitloom-watch") || t.getName().contains("HTTP-Di"))
        .isNotEmpty()
        .allMatch(Thread::isDaemon);
  }
}
