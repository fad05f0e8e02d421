package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.bitloom.error.UsageException;
import org.bitloom.io.CorruptFileException;
import org.bitloom.io.Safetensors;
import org.bitloom.io.SafetensorsFile;
import org.bitloom.io.TensorData;
import org.bitloom.io.TensorEntry;
import org.bitloom.network.Networks;
import org.bitloom.session.FrozenContent;
import org.bitloom.session.Session;
import org.bitloom.session.ToyImages;
import org.bitloom.session.TrainingTask;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.settings.RunSettings;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointDamageTest {
  private static final int CORRUPTIONS = 1000;
  private static final int TRUNCATIONS = 300;

  @TempDir static Path folder;

  private static RunSettings settings;
  private static Session session;
  private static byte[] whole;

  @BeforeAll
  static void stopARunAndKeepItsCheckpoint() throws IOException {
    // 4x4 pixels keep the file small, so that a thousand damages take seconds
    ToyImages images = new ToyImages(100, 40, 4, 2);
    Path data = images.write(folder.resolve("data"));
    settings = ToyRun.settings(data);
    Path run = folder.resolve("run");
    TrainingRun.start(settings, ToyRun.in(run, () -> true));
    whole = Files.readAllBytes(ToyRun.checkpoint(run));
    FrozenContent nothing = FrozenContent.given(settings, Optional.empty());
    TrainingTask task = TrainingTask.of(settings, images.data(), nothing);
    session = task.open(Networks.open("lenet300"), true, DeviceChoice.CPU, line -> {});
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static void restore(byte[] bytes) throws IOException {
    Path file = folder.resolve("damaged.safetensors");
    Files.write(file, bytes);
    new Checkpoint(file).restore(session, settings);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bitloom-checkpoint-1", "bitloom-checkpoint-2"})
  void aCheckpointOfAnOlderFormatIsRefusedWithTheReason(String format) throws IOException {
    Path older = folder.resolve("older.safetensors");
    Safetensors.write(older, Map.of("format", format), List.of());
    assertThatThrownBy(() -> new Checkpoint(older).restore(session, settings))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "checkpoint must be of format bitloom-checkpoint-3, got "
                + format
                + " of an older bitloom");
  }

  private static void assertRefused(byte[] bytes, String damage) {
    assertThatThrownBy(() -> restore(bytes))
        .as("%s, replay with -Dbitloom.seed=%d", damage, Seeds.CURRENT)
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("damaged.safetensors");
  }

  @Test
  void theUndamagedFileIsRead() throws IOException {
    restore(whole);
  }

  /** What no run writes, in a file whose checksum is right. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "7",
        "{}",
        "\"epoch\":1>\"epoch\":0",
        "\"epoch\":1>\"epoch\":5",
        "\"epoch\":1>\"epoch\":2",
        "\"epoch\":1>\"epoch\":4294967297",
        "\"batch\":1>\"batch\":-1",
        "\"batch\":1>\"batch\":4294967296",
        "\"correct\":>\"correct\":-1",
        "\"metrics\":[]>\"metrics\":[null]"
      })
  void aPositionThatNoRunHasIsRefused(String change) throws IOException {
    Path file = folder.resolve("whole.safetensors");
    Files.write(file, whole);
    Map<String, String> metadata = new HashMap<>();
    List<TensorData> tensors = new ArrayList<>();
    try (SafetensorsFile saved = SafetensorsFile.open(file)) {
      metadata.putAll(saved.metadata());
      for (TensorEntry tensor : saved.tensors()) {
        tensors.add(saved.data(tensor.name()));
      }
    }
    metadata.remove("sha256");
    String right = metadata.remove("position");
    String[] words = change.split(">", -1);
    String wrong =
        words.length == 2 ? right.replaceFirst(Pattern.quote(words[0]), words[1]) : change;
    assertThat(wrong).isNotEqualTo(right);
    if (!wrong.isEmpty()) {
      metadata.put("position", wrong);
    }
    Path other = folder.resolve("damaged.safetensors");
    Safetensors.write(other, metadata, tensors);
    assertThatThrownBy(() -> new Checkpoint(other).restore(session, settings))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("damaged.safetensors: the position of a run, got ");
  }

  @Test
  void everyTruncationIsRefused() {
    for (int i = 0; i < TRUNCATIONS; i++) {
      int length = (int) ((long) whole.length * i / TRUNCATIONS);
      assertRefused(Arrays.copyOf(whole, length), "first " + length + " bytes");
    }
    for (int length = 0; length < 64; length++) {
      assertRefused(Arrays.copyOf(whole, length), "first " + length + " bytes");
    }
    assertRefused(Arrays.copyOf(whole, whole.length - 1), "all but the last byte");
    assertRefused(Arrays.copyOf(whole, whole.length + 1), "a byte more");
  }

  @Test
  void everyCorruptByteIsRefused() {
    SplittableRandom random = Seeds.random("corruptions");
    int header = 4096;
    for (int i = 0; i < CORRUPTIONS; i++) {
      byte[] damaged = whole.clone();
      int at = random.nextInt(i % 2 == 0 ? header : whole.length); // half of them in the header
      damaged[at] ^= (byte) (1 + random.nextInt(255));
      assertRefused(damaged, "byte " + at);
    }
  }
}
