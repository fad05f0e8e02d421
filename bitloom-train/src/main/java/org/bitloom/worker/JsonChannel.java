package org.bitloom.worker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.bitloom.io.Json;

/**
 * JSON objects to and fro between a worker and who started it, a line each.
 *
 * <p>A channel of their own: standard output belongs to whatever the engine and the network print.
 * One thread may receive while others send.
 */
final class JsonChannel implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 13;

  private final SocketChannel socket;
  private final ByteBuffer received = ByteBuffer.allocate(BUFFER_BYTES).flip();

  JsonChannel(SocketChannel socket) {
    this.socket = socket;
  }

  /**
   * Sends an object.
   *
   * @throws IOException if the other end is gone
   */
  synchronized void send(Map<String, Object> object) throws IOException {
    // Not by a stream: those of java.nio.channels do not write while another thread reads.
    ByteBuffer line = ByteBuffer.wrap((Json.print(object) + "\n").getBytes(StandardCharsets.UTF_8));
    while (line.hasRemaining()) {
      socket.write(line);
    }
  }

  /**
   * Waits for the next object.
   *
   * @return empty when the other end is gone
   */
  Optional<Map<?, ?>> receive() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      while (received.hasRemaining()) {
        byte letter = received.get();
        if (letter == '\n') {
          return Optional.of((Map<?, ?>) Json.parse(line.toString(StandardCharsets.UTF_8)));
        }
        line.write(letter);
      }
      int count = socket.read(received.clear());
      received.flip();
      if (count < 0) {
        return Optional.empty();
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
