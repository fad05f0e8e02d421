package org.bitloom.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineLogTest {
  @TempDir Path folder;
  private Path file;
  private boolean full;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("lines");
  }

  /** Takes half of what it is given when it is full. */
  private void write(Path path, long position, ByteBuffer bytes) throws IOException {
    if (full) {
      bytes.limit(bytes.limit() / 2);
    }
    LineLog.Disk.REAL.write(path, position, bytes);
    if (full) {
      throw new IOException("No space left on device");
    }
  }

  private LineLog open() throws IOException {
    return LineLog.open(file, this::write);
  }

  @Test
  void linesAreThereAgain() throws Exception {
    LineLog log = open();
    log.append("über");
    log.append("two");
    assertThat(open().lines()).isEqualTo(log.lines()).containsExactly("über", "two");
  }

  @Test
  void theNextLineReplacesTheOneThatAFullDiskCutInHalf() throws Exception {
    LineLog log = open();
    log.append("über");
    full = true;
    assertThatThrownBy(() -> log.append("lost when the disk is full"))
        .isInstanceOf(IOException.class);
    assertThat(open().lines()).containsExactly("über");
    full = false;
    log.append("three");
    assertThat(Files.readString(file)).isEqualTo("über\nthree\n");
  }

  @Test
  void theNextLineReplacesTheOneThatAKillCutInHalf() throws Exception {
    Files.writeString(file, "one\ntw");
    LineLog log = open();
    log.append("three");
    assertThat(Files.readString(file)).isEqualTo("one\nthree\n");
  }

  @Test
  void rewrittenLinesAreGoneOnFrom() throws Exception {
    LineLog log = open();
    log.append("one");
    log.append("two");
    log.rewrite(List.of("two"));
    log.append("three");
    assertThat(open().lines()).containsExactly("two", "three");
  }
}
