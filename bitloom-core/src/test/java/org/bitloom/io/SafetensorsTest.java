package org.bitloom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void choosePath() {
    path = folder.resolve("tensors.safetensors");
  }

  @ParameterizedTest(name = "{0} elements")
  @ValueSource(ints = {0, 1, 7, 8191, 8192, 8193, 16385, 65535, 65536, 65537, 200_003})
  void everyTypeComesBackBitForBit(int elements) throws IOException {
    SplittableRandom random = Seeds.random("elements " + elements);
    List<TensorData> tensors = new ArrayList<>();
    for (TensorType type : TensorType.values()) {
      Object array = randomArray(random, type, elements);
      tensors.add(new TensorData("t" + type, type, List.of((long) elements), array));
    }

    Safetensors.write(path, Map.of(), tensors);

    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      file.verifyChecksum();
      for (TensorData tensor : tensors) {
        assertThat(rawBits(file.data(tensor.name()).array()))
            .as(tensor.name())
            .isEqualTo(rawBits(tensor.array()));
      }
    }
  }

  private static Object randomArray(SplittableRandom random, TensorType type, int elements) {
    Object array = Array.newInstance(type.array().getComponentType(), elements);
    for (int i = 0; i < elements; i++) {
      long bits = random.nextLong();
      if (array instanceof float[] floats) {
        floats[i] = Float.intBitsToFloat((int) bits);
      } else if (array instanceof double[] doubles) {
        doubles[i] = Double.longBitsToDouble(bits);
      } else if (array instanceof long[] longs) {
        longs[i] = bits;
      } else if (array instanceof int[] ints) {
        ints[i] = (int) bits;
      } else if (array instanceof short[] shorts) {
        shorts[i] = (short) bits;
      } else {
        ((byte[]) array)[i] = (byte) bits;
      }
    }
    return array;
  }

  /** Returns floating-point numbers as their bits, so that two NaN differ if their bits do. */
  private static Object rawBits(Object array) {
    if (array instanceof float[] floats) {
      int[] bits = new int[floats.length];
      for (int i = 0; i < bits.length; i++) {
        bits[i] = Float.floatToRawIntBits(floats[i]);
      }
      return bits;
    }
    if (array instanceof double[] doubles) {
      long[] bits = new long[doubles.length];
      for (int i = 0; i < bits.length; i++) {
        bits[i] = Double.doubleToRawLongBits(doubles[i]);
      }
      return bits;
    }
    return array;
  }

  @Test
  void factoriesNameTheTypeTheyWrite() throws IOException {
    long[] shape = {1, 2};
    Safetensors.write(
        path,
        Map.of(),
        List.of(
            TensorData.floats("f", shape, new float[] {1, -1}),
            TensorData.ints("i", shape, new int[] {1, -1}),
            TensorData.unsignedInts("u", shape, new int[] {1, -1}),
            TensorData.unsignedShorts("s", shape, new short[] {1, -1}),
            TensorData.unsignedBytes("b", shape, new byte[] {1, -1}),
            TensorData.longs("l", shape, new long[] {1, -1})));

    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThat(file.tensors())
          .extracting(TensorEntry::name, TensorEntry::type, TensorEntry::shape)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("l", TensorType.I64, List.of(1L, 2L)),
              org.assertj.core.groups.Tuple.tuple("f", TensorType.F32, List.of(1L, 2L)),
              org.assertj.core.groups.Tuple.tuple("i", TensorType.I32, List.of(1L, 2L)),
              org.assertj.core.groups.Tuple.tuple("u", TensorType.U32, List.of(1L, 2L)),
              org.assertj.core.groups.Tuple.tuple("s", TensorType.U16, List.of(1L, 2L)),
              org.assertj.core.groups.Tuple.tuple("b", TensorType.U8, List.of(1L, 2L)));
      assertThat(file.floats("f")).containsExactly(1, -1);
      assertThat(file.ints("i")).containsExactly(1, -1);
      assertThat(file.ints("u")).containsExactly(1, -1);
      assertThat(file.shorts("s")).containsExactly(1, -1);
      assertThat(file.bytes("b")).containsExactly(1, -1);
      assertThat(file.longs("l")).containsExactly(1, -1);
    }
  }

  @Test
  void readersRefuseOtherTypesAndAbsentNames() throws IOException {
    Safetensors.write(path, Map.of(), List.of(TensorData.ints("i", new long[] {1}, new int[1])));

    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThatThrownBy(() -> file.floats("i"))
          .isInstanceOf(CorruptFileException.class)
          .hasMessageContaining("type of i must be one of [F32], got I32");
      assertThatThrownBy(() -> file.bytes("i")).isInstanceOf(CorruptFileException.class);
      assertThatThrownBy(() -> file.shorts("i")).isInstanceOf(CorruptFileException.class);
      assertThatThrownBy(() -> file.longs("i")).isInstanceOf(CorruptFileException.class);
      assertThatThrownBy(() -> file.doubles("i")).isInstanceOf(CorruptFileException.class);
      assertThatThrownBy(() -> file.ints("absent"))
          .isInstanceOf(CorruptFileException.class)
          .hasMessageContaining("file must have a tensor absent");
    }
  }

  @Test
  void metadataKeepsItsOrderAndAnyText() throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("z", "\"\\\b\f\n\r\t\u0001\u007f é 漢 😀");
    metadata.put("漢", "");
    metadata.put("a", "{\"nested\":[1]}");

    Safetensors.write(path, metadata, List.of());

    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      file.verifyChecksum();
      assertThat(file.metadata().keySet()).containsExactly("z", "漢", "a", "sha256");
      assertThat(file.metadata()).containsAllEntriesOf(metadata);
    }
  }

  @Test
  void everythingReadAndWrittenAgainGivesTheSameBytes() throws IOException {
    SplittableRandom random = Seeds.random();
    List<TensorData> tensors = new ArrayList<>();
    for (TensorType type : TensorType.values()) {
      tensors.add(new TensorData("t" + type, type, List.of(3L, 5L), randomArray(random, type, 15)));
    }
    Safetensors.write(path, Map.of("key", "value"), tensors);
    Path again = folder.resolve("again.safetensors");

    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      List<TensorData> read = new ArrayList<>();
      for (TensorEntry tensor : file.tensors()) {
        read.add(file.data(tensor.name()));
      }
      Safetensors.write(again, file.metadata(), read);
    }

    assertThat(again).hasSameBinaryContentAs(path);
  }

  @Test
  void dataBeginAtAMultipleOfEightForAnyHeader() throws IOException {
    for (int length = 0; length < 9; length++) {
      TensorData tensor = TensorData.longs("x".repeat(length), new long[] {1}, new long[1]);
      Safetensors.write(path, Map.of(), List.of(tensor));
      try (SafetensorsFile file = SafetensorsFile.open(path)) {
        assertThat(file.tensors().get(0).begin() % 8).isZero();
      }
    }
  }

  @Test
  void headerBeginsWithTheMetadata() throws IOException {
    Safetensors.write(path, Map.of(), List.of(TensorData.floats("x", new long[0], new float[1])));

    String text = Files.readString(path, StandardCharsets.ISO_8859_1);
    assertThat(text.substring(8)).startsWith("{\"__metadata__\":{\"sha256\":\"");
  }

  @Test
  void checksumIsRequired() throws IOException {
    String header = "{\"__metadata__\":{\"sha\":\"1\"}} ";
    Files.writeString(path, (char) header.length() + "\0".repeat(7) + header);

    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThatThrownBy(file::verifyChecksum)
          .isInstanceOf(CorruptFileException.class)
          .hasMessageContaining("metadata must have the key sha256 with 64 digits");
    }
  }

  @Test
  void checksumInUpperCaseIsRefused() throws IOException {
    Safetensors.write(path, Map.of(), List.of());
    String text = Files.readString(path, StandardCharsets.ISO_8859_1);
    int digits = text.indexOf("sha256\":\"") + 9;
    String upper = text.substring(digits, digits + 64).toUpperCase(java.util.Locale.ROOT);
    Files.writeString(path, text.substring(0, digits) + upper + text.substring(digits + 64));

    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThatThrownBy(file::verifyChecksum).isInstanceOf(CorruptFileException.class);
    }
  }

  @Test
  void changeBehindTheBackOfAnOpenFileIsReported() throws IOException {
    TensorData tensor = TensorData.floats("x", new long[] {100}, new float[100]);
    Safetensors.write(path, Map.of(), List.of(tensor));

    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      byte[] bytes = Files.readAllBytes(path);
      Files.write(path, java.util.Arrays.copyOf(bytes, bytes.length - 1));
      assertThatThrownBy(() -> file.floats("x"))
          .isInstanceOf(CorruptFileException.class)
          .hasMessageContaining("file must go on here");
    }
  }

  @Test
  void namesThatClashAreNotWritten() {
    TensorData x = TensorData.floats("x", new long[] {1}, new float[1]);
    TensorData reserved = TensorData.floats("__metadata__", new long[] {1}, new float[1]);

    assertThatThrownBy(() -> Safetensors.write(path, Map.of(), List.of(x, x)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Safetensors.write(path, Map.of(), List.of(reserved)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void arraysMustMatchTypeAndShape() {
    assertThatThrownBy(() -> new TensorData("x", TensorType.F32, List.of(1L), new int[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("x must be float[] to be written as F32, got int[]");
    for (long[] shape : new long[][] {{2}, {-1, -3}, {1L << 32, 1L << 32}, {}}) {
      assertThatThrownBy(() -> TensorData.floats("x", shape, new float[3]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("one element per place");
    }
  }

  @Test
  void memoryDoesNotGrowWithTheTensors() throws IOException {
    float[] values = new float[3_000_000];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();

    Safetensors.write(
        path, Map.of(), List.of(TensorData.floats("x", new long[] {3, 1_000_000}, values)));
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      file.verifyChecksum();
    }

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(2 << 20);
  }
}
