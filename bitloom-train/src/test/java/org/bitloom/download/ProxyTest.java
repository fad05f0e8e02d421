package org.bitloom.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bitloom.download.Wanted.FILE;
import static org.bitloom.download.Wanted.assertArrived;
import static org.bitloom.download.Wanted.sha256;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads of those who reach the internet by a proxy only; a server of the test is the proxy. */
final class ProxyTest {
  private static final String ASKS_WHO =
      "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"a\"\r\n";

  @TempDir private Path folder;

  private void fetch(String address, Map<String, String> variables) throws IOException {
    RemoteFile file = new RemoteFile(URI.create(address), FILE.length, sha256(FILE), false);
    Patience patience =
        new Patience(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ZERO, 10);
    Download.fetch(
        file,
        folder.resolve("file"),
        new HttpAnswer.Route(patience, new Proxies(variables)),
        DownloadProgress.NONE);
  }

  private static String at(LoopbackServer proxy, String user) {
    return "http://" + user + "127.0.0.1:" + proxy.port();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"})
  void theProxyOfTheEnvironmentIsAskedForTheWholeAddress(String variable) throws IOException {
    try (LoopbackServer proxy = new LoopbackServer(Replies.good(FILE))) {
      fetch("http://data.example/file", Map.of(variable, at(proxy, "")));
      assertThat(proxy.requests())
          .containsExactly(new LoopbackServer.Request("http://data.example/file", 0));
    }
    assertArrived(folder);
  }

  @Test
  void userAndPasswordAreToldWhenTheProxyAsks() throws IOException {
    try (LoopbackServer proxy =
        new LoopbackServer(Replies.raw(ASKS_WHO, new byte[0]), Replies.good(FILE))) {
      fetch("http://data.example/file", Map.of("http_proxy", at(proxy, "me:p%40ss+1@")));
      byte[] login = "me:p@ss+1".getBytes(StandardCharsets.UTF_8);
      assertThat(proxy.requests())
          .extracting(LoopbackServer.Request::login)
          .containsExactly("", "Basic " + Base64.getEncoder().encodeToString(login));
    }
    assertArrived(folder);
  }

  @Test
  void aProxyThatAsksInVainIsNamedAndHowAUserIsGiven() {
    try (LoopbackServer proxy = new LoopbackServer(Replies.raw(ASKS_WHO, new byte[0]))) {
      Map<String, String> variables = Map.of("http_proxy", at(proxy, ""));
      assertThatThrownBy(() -> fetch("http://data.example/file", variables))
          .isInstanceOfSatisfying(
              FailureException.class,
              e -> assertThat(e.hint()).contains("https_proxy=http://USER:PASSWORD@HOST:PORT"))
          .hasMessageEndingWith(
              "HTTP status 407, through the proxy 127.0.0.1:" + proxy.port() + " (http_proxy)");
    }
  }

  @Test
  void forHttpsTheProxyIsAskedForATunnelAndItsRefusalIsTold() {
    try (LoopbackServer proxy = new LoopbackServer(Replies.status(403))) {
      Map<String, String> variables = Map.of("https_proxy", at(proxy, "me:secret@"));
      assertThatThrownBy(() -> fetch("https://data.example/file", variables))
          .isInstanceOf(FailureException.class)
          .hasMessageContaining("403")
          .hasMessageContaining("through the proxy 127.0.0.1:" + proxy.port() + " (https_proxy)")
          .hasMessageNotContaining("secret");
      assertThat(proxy.requests().get(0).path()).isEqualTo("data.example:443");
    }
  }

  @Test
  void aProxyThatIsNotThereIsNamed() {
    Map<String, String> variables = Map.of("http_proxy", "127.0.0.1:1");
    assertThatThrownBy(() -> fetch("http://data.example/file", variables))
        .isInstanceOf(FailureException.class)
        .hasMessageEndingWith("the connection refused, through the proxy 127.0.0.1:1 (http_proxy)");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "http_proxy, http://a:1, http://x.example/, a:1",
    "http_proxy, http://a:1, https://x.example/, ",
    "https_proxy, a:1, https://x.example/, a:1",
    "HTTPS_PROXY, http://a, https://x.example/, a:80",
    "https_proxy, socks5://a, https://x.example/, a:1080",
    "https_proxy, http://[::1]:3128/, https://x.example/, ::1:3128",
    "https_proxy, '', https://x.example/, ",
    "https_proxy, a:1, https://localhost/, ",
    "http_proxy, a:1, http://127.0.0.1:80/, "
  })
  void theVariableOfTheSchemeDecides(String variable, String value, String address, String proxy) {
    assertThat(
            new Proxies(Map.of(variable, value))
                .of(URI.create(address))
                .map(ProxyServer::proxy)
                .map(Proxy::address)
                .map(InetSocketAddress.class::cast)
                .map(at -> at.getHostString() + ":" + at.getPort())
                .orElse(null))
        .isEqualTo(proxy);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "x.example, true",
    "'y.example, .example', true",
    "example, true",
    "*.example, true",
    "*, true",
    "X.EXAMPLE:443, true",
    "x.example:80, false",
    "le, false",
    "'', false",
    "y.example, false"
  })
  void hostsOfNoProxyAreReachedDirectly(String list, boolean exempt) {
    Proxies proxies = new Proxies(Map.of("https_proxy", "a:1", "no_proxy", list));
    assertThat(proxies.of(URI.create("https://x.example/file")).isEmpty()).isEqualTo(exempt);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {"https://me:secret@a:1", "http://", "ftp://me:secret@a", "http://me:se cret@a"})
  void whatIsNoProxyIsRefusedWithoutItsPassword(String value) {
    Proxies proxies = new Proxies(Map.of("https_proxy", value));
    assertThatThrownBy(() -> proxies.of(URI.create("https://x.example/")))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("https_proxy must be http://HOST:PORT")
        .hasMessageNotContaining("cret");
  }
}
