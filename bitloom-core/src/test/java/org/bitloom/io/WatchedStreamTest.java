package org.bitloom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WatchedStreamTest {
  private static final class Refusing extends OutputStream {
    private int refusals;

    @Override
    public void write(int value) throws IOException {
      refusals++;
      throw new IOException("refused " + refusals);
    }

    @Override
    public void flush() throws IOException {
      write(0);
    }
  }

  @Test
  void bytesPassThrough() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (WatchedStream watched = new WatchedStream(bytes)) {
      watched.write('a');
      watched.write(new byte[] {'b', 'c', 'd'}, 1, 2);
      assertThat(watched.failure()).isEmpty();
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("acd");
  }

  @Test
  @SuppressWarnings("resource") // closing it would flush, and so be refused
  void theFirstReasonIsKeptAndEachIsThrown() {
    WatchedStream watched = new WatchedStream(new Refusing());
    assertThatThrownBy(() -> watched.write(1)).hasMessage("refused 1");
    assertThatThrownBy(watched::flush).hasMessage("refused 2");
    assertThat(watched.failure()).get().extracting(IOException::getMessage).isEqualTo("refused 1");
  }

  @Test
  @SuppressWarnings("resource")
  void whatAPrintStreamForgetsIsKnown() {
    WatchedStream watched = new WatchedStream(new Refusing());
    new PrintStream(watched, true, StandardCharsets.UTF_8).println("text");
    assertThat(watched.failure()).isPresent();
  }
}
