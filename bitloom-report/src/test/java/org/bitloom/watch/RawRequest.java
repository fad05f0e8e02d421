package org.bitloom.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends what no client library would send. */
final class RawRequest {
  private static final int PATIENCE_MILLIS = 20_000;

  private RawRequest() {}

  /** Returns the answer to a request line and headers; what came before the server hung up. */
  static String answer(URI server, String... lines) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      String head = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
      StringBuilder answer = new StringBuilder();
      try {
        socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        byte[] buffer = new byte[8192];
        for (int n = socket.getInputStream().read(buffer);
            n >= 0;
            n = socket.getInputStream().read(buffer)) {
          answer.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
        }
      } catch (IOException e) {
        return answer.isEmpty() ? "hung up" : answer.toString();
      }
      return answer.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the host as a browser names it. */
  static String host(URI server) {
    return "Host: 127.0.0.1:" + server.getPort();
  }
}
