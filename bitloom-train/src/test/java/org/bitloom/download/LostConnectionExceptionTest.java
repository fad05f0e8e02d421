package org.bitloom.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

final class LostConnectionExceptionTest {
  private static final URI ADDRESS = URI.create("https://data.example/set.gz");

  @Test
  void aMachineWithoutNetworkIsCalledOffline() {
    for (IOException reason :
        new IOException[] {
          new UnknownHostException("data.example: Temporary failure in name resolution"),
          new NoRouteToHostException("No route to host"),
          new ConnectException("Network is unreachable"),
          new SocketException("Network is unreachable (connect failed)")
        }) {
      assertThat(connecting(reason))
          .startsWith(ADDRESS + " must be reachable, found no ")
          .endsWith(" (the machine seems to be offline)");
    }
  }

  @Test
  void otherReasonsAreNamedAsTheyAre() {
    assertThat(connecting(new SocketTimeoutException("Connect timed out")))
        .isEqualTo(ADDRESS + " must be reachable, found no answer within 15 s");
    assertThat(connecting(new ConnectException("Connection refused")))
        .isEqualTo(ADDRESS + " must be reachable, found the connection refused");
    assertThat(connecting(new SSLHandshakeException("certificate expired")))
        .isEqualTo(
            ADDRESS + " must be reachable, found no secure connection (certificate expired)");
    assertThat(connecting(new IOException("surprise")))
        .isEqualTo(ADDRESS + " must be reachable, found no connection (surprise)");
  }

  @Test
  void silenceIsToldFromALostConnection() {
    assertThat(receiving(new SocketTimeoutException("Read timed out")))
        .isEqualTo(ADDRESS + " must go on sending, found silence for 30 s");
    assertThat(receiving(new SocketException("Connection reset")))
        .isEqualTo(ADDRESS + " must go on sending, found the connection lost (Connection reset)");
  }

  private static String connecting(IOException reason) {
    return LostConnectionException.connecting(ADDRESS, Patience.USUAL, reason).getMessage();
  }

  private static String receiving(IOException reason) {
    return LostConnectionException.receiving(ADDRESS, Patience.USUAL, reason).getMessage();
  }
}
