package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads metrics.jsonl in whatever state it is. */
final class LoggedEpochsTest {
  @TempDir private Path folder;

  private LoggedEpochs read(String text) throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    Files.writeString(file, text);
    return LoggedEpochs.read(file);
  }

  @Test
  void aDamagedLineIsLeftOutAndTold() throws IOException {
    LoggedEpochs read = read("{\"epoch\":1}\n{\"epoch\":2,\"tes\n{\"epoch\":3}\n");
    assertThat(read.lines()).extracting(line -> line.get("epoch")).containsExactly(1L, 3L);
    assertThat(read.remarks()).containsExactly("line 2 of metrics.jsonl is damaged and left out");
  }

  @Test
  void halfALineAtTheEndIsBeingWritten() throws IOException {
    LoggedEpochs read = read("{\"epoch\":1}\n{\"epoch\":2,\"testLo");
    assertThat(read.lines()).hasSize(1);
    assertThat(read.remarks()).isEmpty();
  }

  @Test
  void valuesThatAreNoNumbersAreMissingOnes() throws IOException {
    LoggedEpochs read = read("{\"testLoss\":NaN,\"trainLoss\": -Infinity,\"flips\":[1,NaN]}\n");
    assertThat(read.lines().get(0))
        .containsEntry("testLoss", null)
        .containsEntry("trainLoss", null);
    assertThat(read.remarks()).hasSize(1).first().asString().contains("no numbers");
  }

  @Test
  void manyDamagedLinesAreToldInAFewSentences() throws IOException {
    LoggedEpochs read = read("nothing\n".repeat(300));
    assertThat(read.lines()).isEmpty();
    assertThat(read.remarks()).hasSize(6).last().asString().startsWith("295 more lines");
  }

  @Test
  void noFileIsNoEpoch() throws IOException {
    assertThat(LoggedEpochs.read(folder.resolve("none")).lines()).isEmpty();
  }
}
