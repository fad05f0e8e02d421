package org.bitloom.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bitloom.settings.RunChoices.Choice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainWordsTest {
  @TempDir private Path folder;

  private RunSettings fromFloats() throws Exception {
    Path model = Files.write(folder.resolve("net.safetensors"), new byte[1]);
    return RunChoices.none()
        .with(Choice.INIT_FROM, model)
        .with(Choice.FROZEN_BITS, "noise")
        .with(Choice.THREADS, 1)
        .settings();
  }

  @Test
  void theChoiceOfFrozenBitsIsAmongThem() throws Exception {
    assertThat(TrainWords.of(fromFloats())).containsSequence("--frozen-bits", "noise");
    assertThat(TrainWords.of(RunChoices.none().settings())).doesNotContain("--frozen-bits");
  }

  /** Else the command of a run with a payload would have a word that nobody gave. */
  @Test
  void aPayloadStandsForIt() throws Exception {
    assertThat(TrainWords.of(fromFloats().carrying(new Payload("file", "0".repeat(64)))))
        .contains("--payload")
        .doesNotContain("--frozen-bits");
  }
}
