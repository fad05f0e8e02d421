package org.bitloom.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RendezvousTest {
  @Test
  void bothSidesHearEachOther() throws Exception {
    try (Rendezvous rendezvous = new Rendezvous()) {
      CompletableFuture<JsonChannel> near = CompletableFuture.supplyAsync(() -> accept(rendezvous));
      try (JsonChannel far = Rendezvous.connect(rendezvous.socket());
          JsonChannel accepted = near.join()) {
        far.send(Map.of("left", 1.5));
        assertThat(received(accepted)).contains(Map.of("left", 1.5));
        accepted.send(Map.of("run", "über\n"));
        assertThat(received(far)).contains(Map.of("run", "über\n"));
      }
    }
  }

  @Test
  void theEndOfOneSideIsHeardByTheOther() throws Exception {
    try (Rendezvous rendezvous = new Rendezvous()) {
      CompletableFuture<JsonChannel> near = CompletableFuture.supplyAsync(() -> accept(rendezvous));
      Rendezvous.connect(rendezvous.socket()).close();
      assertThat(near.join().receive()).isEmpty();
    }
  }

  @Test
  void whoeverComesTakesTheSocketAway() throws Exception {
    Path socket;
    try (Rendezvous rendezvous = new Rendezvous()) {
      socket = rendezvous.socket();
      CompletableFuture<JsonChannel> near = CompletableFuture.supplyAsync(() -> accept(rendezvous));
      Rendezvous.connect(socket).close();
      near.join().close();
      assertThat(socket.getParent()).doesNotExist();
    }
    assertThatThrownBy(() -> Rendezvous.connect(socket)).isInstanceOf(IOException.class);
  }

  @Test
  void nobodyWaitsAtAClosedRendezvous() throws Exception {
    Rendezvous rendezvous = new Rendezvous();
    CompletableFuture<JsonChannel> near = CompletableFuture.supplyAsync(() -> accept(rendezvous));
    rendezvous.close();
    assertThatThrownBy(near::join).hasCauseInstanceOf(UncheckedIOException.class);
    assertThat(rendezvous.socket().getParent()).doesNotExist();
  }

  private static JsonChannel accept(Rendezvous rendezvous) {
    try {
      return rendezvous.accept();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Map<?, ?>> received(JsonChannel channel) throws IOException {
    return channel.receive();
  }
}
