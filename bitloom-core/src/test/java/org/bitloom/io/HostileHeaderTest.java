package org.bitloom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Feeds handwritten headers to SafetensorsFile; the data are 8 bytes unless a test says more. */
class HostileHeaderTest {
  private static final int DATA_BYTES = 8;

  @TempDir private Path folder;

  private static List<Arguments> refused() {
    return List.of(
        arguments(tensor("U8", "[8]", "[1,9]"), "must end within"),
        arguments(tensor("U8", "[7]", "[1,8]"), "must begin where"),
        arguments(tensor("U8", "[7]", "[0,7]"), "must end with the last tensor"),
        arguments(tensor("U8", "[8]", "[8,0]"), "begin <= end"),
        arguments(tensor("U8", "[8]", "[-8,0]"), "integers of 0..2^63-1"),
        arguments(tensor("U8", "[8]", "[0]"), "begin <= end"),
        arguments(tensor("U8", "[8]", "[0,4,8]"), "begin <= end"),
        arguments(tensor("U8", "[8]", "[0,8.0]"), "integers of 0..2^63-1"),
        arguments(tensor("U8", "[8]", "[0,9223372036854775807]"), "must end within"),
        arguments(tensor("U8", "[8]", "[0,9223372036854775808]"), "integers of 0..2^63-1"),
        arguments(tensor("U8", "[-8]", "[0,8]"), "integers of 0..2^63-1"),
        arguments(tensor("U8", "[-2,-4]", "[0,8]"), "integers of 0..2^63-1"),
        arguments(tensor("U8", "[9]", "[0,8]"), "must be as long as U8 [9] needs"),
        arguments(tensor("F32", "[8]", "[0,8]"), "must be as long as F32 [8] needs"),
        arguments(tensor("F64", "[0]", "[0,8]"), "must be as long as"),
        arguments(tensor("U8", "[4294967296,4294967296,8]", "[0,8]"), "must be as long as"),
        arguments(tensor("U8", "[9223372036854775807,3]", "[0,8]"), "must be as long as"),
        arguments(tensor("F16", "[9223372036854775807]", "[0,8]"), "must be as long as"),
        arguments(tensor("U8", "8", "[0,8]"), "must be an array"),
        arguments(tensor("U8", "[[8]]", "[0,8]"), "integers of"),
        arguments(tensor("U8", "[null]", "[0,8]"), "integers of"),
        arguments(tensor("U9", "[8]", "[0,8]"), "dtype of t must be one of"),
        arguments(tensor("u8", "[8]", "[0,8]"), "dtype of t must be one of"),
        arguments("{'t':{'dtype':8,'shape':[8],'data_offsets':[0,8]}}", "dtype of t"),
        arguments("{'t':{'dtype':'U8','shape':[8]}}", "must have dtype"),
        arguments("{'t':{'dtype':'U8','shape':[8],'data_offsets':[0,8],'x':1}}", "must have dtype"),
        arguments("{'t':7}", "tensor t must be a JSON object"),
        arguments("{'t':'sha256'}", "tensor t must be a JSON object"),
        arguments(two("[0,5]", "[4,8]"), "must"),
        arguments(two("[0,4]", "[0,4]"), "must begin where"),
        arguments(two("[4,8]", "[4,8]"), "must begin where"),
        arguments(two("[0,3]", "[4,8]"), "must"),
        arguments(tensor("U8", "[8]", "[-0,8]"), "integers of 0..2^63-1, got -0.0"),
        arguments(tensor("U8", "[8,-0]", "[0,8]"), "integers of 0..2^63-1, got -0.0"),
        arguments(tensor("U8", "[8.0]", "[0,8]"), "integers of 0..2^63-1, got 8.0"),
        arguments(tensor("U8", "[8]", "[0e0,8]"), "integers of 0..2^63-1, got 0.0"),
        arguments(tensor("U8", "[8]", "[0,8e0]"), "integers of 0..2^63-1, got 8.0"),
        arguments(tensor("U8", "[8]", "[00,8]"), "expected"),
        arguments(tensor("U8", "[8]", "[0,08]"), "expected"),
        arguments(tensor("U8", "[+8]", "[0,8]"), "expected a value"),
        arguments(tensor("U8", "[0x8]", "[0,8]"), "expected"),
        arguments(tensor("U8", "[8]", "[0,true]"), "integers of 0..2^63-1, got true"),
        arguments(tensor("U8", "['8']", "[0,8]"), "integers of 0..2^63-1, got 8"),
        arguments("{}", "8 bytes more"),
        arguments("[]", "must begin with '{'"),
        arguments("", "must begin with '{'"),
        arguments(" " + good(), "must begin with '{'"),
        arguments("\uFEFF" + good(), "must begin with '{'"),
        arguments(good() + "x", "expected the end of the text"),
        arguments(good() + "\0", "expected the end of the text"),
        arguments(good() + good(), "expected the end of the text"),
        arguments(good().substring(1), "must begin with '{'"),
        arguments(good().substring(0, 20), "JSON"),
        arguments(good().replace("}}", "},}"), "expected a key in quotes"),
        arguments("{'t':1,'t':2}", "keys must differ"),
        arguments("{'t':1,'\\u0074':2}", "keys must differ"),
        arguments(withMetadata("{'a':'1','a':'1'}"), "keys must differ"),
        arguments(withMetadata("{'a':1}"), "metadata a must be a String"),
        arguments(withMetadata("{'a':null}"), "metadata a must be a String"),
        arguments(withMetadata("[]"), "__metadata__ must be a JSON object"),
        arguments(withMetadata("null"), "__metadata__ must be a JSON object"),
        arguments(withMetadata("{'a':'\\ud800'}"), "half a pair"),
        arguments("{'t':" + "[".repeat(100_000), "at most 64 deep"),
        arguments("{'t':" + "{'a':".repeat(100_000), "at most 64 deep"));
  }

  private static String tensor(String type, String shape, String offsets) {
    return String.format(
        Locale.ROOT, "{'t':{'dtype':'%s','shape':%s,'data_offsets':%s}}", type, shape, offsets);
  }

  private static String good() {
    return tensor("U8", "[8]", "[0,8]");
  }

  private static String two(String first, String second) {
    String entry = "{'dtype':'U8','shape':[4],'data_offsets':%s}";
    return "{'t':" + entry.formatted(first) + ",'u':" + entry.formatted(second) + "}";
  }

  private static String withMetadata(String metadata) {
    return good().replaceFirst("\\{", "{'__metadata__':" + metadata.replace("\\", "\\\\") + ",");
  }

  @ParameterizedTest(name = "[{index}] {1}")
  @MethodSource("refused")
  void headerThatLiesIsRefused(String header, String reason) throws IOException {
    Path path = write(header);

    assertThatThrownBy(() -> SafetensorsFile.open(path))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining(reason)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1000));
  }

  @ParameterizedTest(name = "length {0}")
  @ValueSource(
      longs = {Long.MAX_VALUE, Long.MIN_VALUE, -1, 100_000_001, 0x7fffffffL, 0x100000002L, 71})
  void headerLengthBeyondTheFileIsRefused(long length) throws IOException {
    byte[] bytes = Files.readAllBytes(write(good()));
    assertThat(bytes).hasSizeLessThan(71 + 8);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
    Path path = folder.resolve("length.safetensors");
    Files.write(path, bytes);

    assertThatThrownBy(() -> SafetensorsFile.open(path))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("header length must be 0..")
        .hasMessageContaining(Long.toUnsignedString(length));
  }

  @Test
  void headerBeyondTheFormatsLimitIsRefusedBeforeItIsRead() throws IOException {
    Path path = folder.resolve("sparse.safetensors");
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.writeLong(Long.reverseBytes(100_000_001));
      file.setLength(200_000_000); // sparse: takes no disk space
    }

    assertThatThrownBy(() -> SafetensorsFile.open(path))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("header length must be 0..100000000, got 100000001");
  }

  @Test
  void headerThatIsNotUtf8IsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(write("{'?':1}"));
    for (int bad : new int[] {0xff, 0xc0, 0x80, 0xed}) {
      bytes[10] = (byte) bad;
      Path path = folder.resolve("latin.safetensors");
      Files.write(path, bytes);

      assertThatThrownBy(() -> SafetensorsFile.open(path))
          .isInstanceOf(CorruptFileException.class)
          .hasMessageContaining("header must be UTF-8");
    }
  }

  @Test
  void offsetOfBrokenJsonCountsBytesFromTheBeginningOfTheFile() throws IOException {
    Path path = write("{'漢😀':x}"); // 3 + 4 bytes in quotes, so x is byte 8 + 1 + 9 + 1

    assertThatThrownBy(() -> SafetensorsFile.open(path))
        .isInstanceOfSatisfying(
            CorruptFileException.class, e -> assertThat(e.offset()).isEqualTo(19));
  }

  @Test
  void messageOfAHostileNameStaysOneShortLine() throws IOException {
    Path path = write("{'" + "\\n\\u001b".repeat(100_000) + "':7}");

    assertThatThrownBy(() -> SafetensorsFile.open(path))
        .isInstanceOf(CorruptFileException.class)
        .satisfies(
            e -> assertThat(e.getMessage()).hasSizeLessThan(1000).doesNotContain("\n", "\u001b"));
  }

  @Test
  void goodHeaderIsAccepted() throws IOException {
    String spaced = good().replace(":", " :\t").replace(",", "\r\n, ") + "   ";
    for (String header : List.of(good(), spaced, two("[4,8]", "[0,4]"))) {
      try (SafetensorsFile file = SafetensorsFile.open(write(header))) {
        assertThat(file.metadata()).isEmpty();
        assertThat(file.tensors()).isNotEmpty();
      }
    }
  }

  @Test
  void emptyTensorsTakeNoPlaceAnywhere() throws IOException {
    String entry = ",'%s':{'dtype':'F64','shape':[0,3],'data_offsets':[%d,%2$d]}";
    String header =
        good().replaceFirst("}}$", "}" + entry.formatted("a", 8) + entry.formatted("b", 0) + "}");
    try (SafetensorsFile file = SafetensorsFile.open(write(header))) {
      assertThat(file.tensors()).extracting(TensorEntry::name).containsExactly("b", "t", "a");
      assertThat(file.doubles("a")).isEmpty();
    }
  }

  private Path write(String header) throws IOException {
    byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + DATA_BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json);
    Path path = folder.resolve("hostile.safetensors");
    Files.write(path, bytes.array());
    return path;
  }
}
