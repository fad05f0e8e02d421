package org.bitloom.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MasterUrlTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "local|[]",
        "local[2]|[]",
        "local[*]|[]",
        "yarn|[]",
        "spark://host:7077|[host:7077]",
        "spark://a:7077,b:7078|[a:7077, b:7078]",
        "spark://[::1]:7077|[[::1]:7077]",
        "k8s://https://host:6443|[host:6443]",
        "k8s://https://host|[host:443]",
        "k8s://http://host/path|[host:80]",
        "k8s://host:6443|[host:6443]",
      })
  void theAddressesToProbeAreRead(String url, String addresses) {
    assertThat(MasterUrl.parse(url).addresses()).hasToString(addresses);
    assertThat(MasterUrl.parse(url).text()).isEqualTo(url);
    assertThat(MasterUrl.parse(url).local()).isEqualTo(url.startsWith("local"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "host:7077",
        "http://host:7077",
        "spark://",
        "spark://host",
        "spark://host:0",
        "spark://host:65536",
        "spark://host:7077,",
        "spark://host:7077/",
        "k8s://",
        "k8s://https://host:99999",
        "local[0]",
        "local[2",
        "local-cluster[2,1,1024]",
        "yarn-client",
      })
  void anythingElseIsWrongUsage(String url) {
    assertThatThrownBy(() -> MasterUrl.parse(url))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "the master must be local[N], spark://HOST:PORT, k8s://HOST:PORT or yarn, got '%s'",
            url);
  }

  @Test
  void nobodyAtTheAddressIsAFailureThatNamesIt() throws IOException {
    int port = closedPort();
    MasterUrl master = MasterUrl.parse("spark://127.0.0.1:%d,bitloom.invalid:7077".formatted(port));
    assertThatThrownBy(() -> master.requireAnswer(SECOND))
        .isInstanceOf(FailureException.class)
        .hasMessageStartingWith(
            "the Spark master must answer, found no connection to 127.0.0.1:" + port + " (")
        .hasMessageEndingWith(", bitloom.invalid:7077 (unknown host)");
  }

  @Test
  void oneAnswerOfSeveralAddressesIsEnough() throws IOException {
    try (ServerSocket open = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      MasterUrl.parse(
              "spark://127.0.0.1:%d,127.0.0.1:%d".formatted(closedPort(), open.getLocalPort()))
          .requireAnswer(SECOND);
    }
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
