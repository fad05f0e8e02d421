package org.bitloom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitRange;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.Reading;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Writes and reads models that carry a second network in their low bits. */
class NestedModelTest {
  @TempDir private Path folder;

  private static BitModel inner(int depth) {
    SplittableRandom random = Seeds.random("inner " + depth);
    return Models.model(
        random,
        7,
        13,
        List.of(
            Models.bits(random, "first", depth, List.of(13, 7)),
            Models.floats(random, "bias", List.of(13)),
            Models.bits(random, "filter", depth, List.of(5, 3, 3, 3))));
  }

  private static Reading part(int high, int low) {
    return new Reading(0, 1, Optional.of(new BitRange(high, low)), 0);
  }

  private Path write(String name, BitModel model) throws IOException {
    Path path = folder.resolve(name);
    ModelFile.write(path, model);
    return path;
  }

  @ParameterizedTest(name = "{0} in {1} bits")
  @CsvSource({"1, 2", "1, 32", "7, 8", "8, 9", "8, 16", "9, 32", "16, 32", "31, 32"})
  void bothNetworksComeBackToTheBit(int depth, int outerDepth) throws IOException {
    BitModel inner = inner(depth);
    BitModel outer = Models.around(inner, outerDepth, Seeds.random("outer"));
    Path path = write("nested.safetensors", outer);
    BitModel read = ModelFile.read(path);
    assertThat(read).isEqualTo(outer);
    assertThat(part(depth - 1, 0).of(read)).isEqualTo(inner);
    assertThat(part(outerDepth - 1, 0).of(read)).isEqualTo(outer.alone());
    assertThat(write("again.safetensors", read)).hasSameBinaryContentAs(path);
  }

  @Test
  void networksNestInNestedOnes() throws IOException {
    BitModel innermost = inner(3);
    BitModel inner = Models.around(innermost, 8, Seeds.random("middle"));
    BitModel outer = Models.around(inner, 20, Seeds.random("outer"));
    BitModel read = ModelFile.read(write("nested.safetensors", outer));
    assertThat(read).isEqualTo(outer);
    assertThat(part(2, 0).of(read)).isEqualTo(innermost);
    assertThat(part(7, 0).of(read)).isEqualTo(inner);
    assertThat(part(7, 3).of(read)).isEqualTo(part(7, 3).of(inner));
  }

  @Test
  void theBitsAreInTheFileOnce() throws IOException {
    BitModel inner = inner(8);
    BitModel outer = Models.around(inner, 16, Seeds.random("outer"));
    try (SafetensorsFile nested = SafetensorsFile.open(write("n.safetensors", outer));
        SafetensorsFile alone = SafetensorsFile.open(write("a.safetensors", outer.alone()))) {
      assertThat(nested.metadata()).containsEntry("formatVersion", "3").containsKey("inner");
      assertThat(alone.metadata()).containsEntry("formatVersion", "3").doesNotContainKey("inner");
      assertThat(nested.tensors())
          .extracting(TensorEntry::name)
          .filteredOn(name -> name.startsWith("inner/"))
          .containsExactlyInAnyOrder(
              "inner/input.mean",
              "inner/input.deviation",
              "inner/first.scale",
              "inner/bias",
              "inner/filter.scale");
      assertThat(nested.tensors()).hasSize(alone.tensors().size() + 5);
    }
  }

  @Test
  void noiseReachesTheNestedNetworkWithTheFreeBitsItLiesIn() throws IOException {
    BitModel outer = Models.around(inner(8), 16, Seeds.random("outer"));
    BitModel noisy = new Reading(0.5, 1, Optional.empty(), 0).of(outer);
    BitModel read = ModelFile.read(write("noisy.safetensors", noisy));
    BitModel inner = read.inner().orElseThrow();
    for (ModelTensor tensor : inner.tensors()) {
      if (tensor instanceof BitTensor nested) {
        BitTensor around = (BitTensor) read.tensors().get(inner.tensors().indexOf(tensor));
        for (int i = 0; i < nested.size(); i++) {
          assertThat(nested.code(i)).isEqualTo(around.code(i) & 0xff);
        }
      }
    }
    assertThat(inner).isNotEqualTo(outer.inner().orElseThrow());
    assertThat(new Reading(0.5, 1, Optional.of(new BitRange(7, 0)), 0).of(outer)).isEqualTo(inner);
  }

  @Test
  void droppedBitsEndTheNestedNetwork() {
    BitModel outer = Models.around(inner(8), 16, Seeds.random("outer"));
    assertThat(new Reading(0, 1, Optional.empty(), 1).of(outer).inner()).isEmpty();
    assertThat(part(15, 8).of(outer).inner()).isEmpty();
  }

  @Test
  void aModelDoesNotTakeANetworkThatIsNotInItsBits() {
    BitModel outer = Models.around(inner(8), 16, Seeds.random("outer")).alone();
    assertThatThrownBy(() -> outer.around(inner(7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("low bits of first must be those of the nested network, some are not");
    BitModel deep = Models.around(inner(9), 16, Seeds.random("outer"));
    assertThatThrownBy(() -> outer.around(deep.inner().orElseThrow()))
        .hasMessageStartingWith("mask of first must freeze the 9 lowest bits")
        .hasMessageEndingWith("got 1111111100000000");
    BitModel floats =
        inner(8).with(List.of(Models.floats(Seeds.random(), "first", List.of(13, 7))));
    assertThatThrownBy(() -> outer.around(floats))
        .hasMessage("a nested network must have bits, all of its are floats");
    assertThatThrownBy(() -> floats.around(inner(8)))
        .hasMessage("first must be bit-wise to hold bits of a nested network");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"depth\":8 | \"depth\":9 | depth is 9, got 8 digits",
        "\"network\":\"own\", | '' | a nested network must have the keys [network,",
        "\"network\":\"own\" | \"network\":7 | network must be a String, got 7",
        "inner/input.mean | input.mean | normalization must be {",
        "\"name\":\"first\" | \"name\":\"other\" | got inner/first.scale unlisted",
        "{\"name\":\"bias\",\"kind\":\"float\"}, | '' | got inner/bias unlisted"
      })
  void metadataThatSayOtherwiseAreRefused(String old, String changed, String reason)
      throws IOException {
    Path path = write("n.safetensors", Models.around(inner(8), 16, Seeds.random("outer")));
    rewrite(path, "inner", old, changed);
    assertThatThrownBy(() -> ModelFile.read(path))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void aMaskThatTrainsBitsOfTheNestedNetworkIsRefused() throws IOException {
    Path path = write("n.safetensors", Models.around(inner(8), 16, Seeds.random("outer")));
    rewrite(path, "tensors", "1111111100000000", "1111111110000000");
    assertThatThrownBy(() -> ModelFile.read(path))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("mask of first must freeze the 8 lowest bits, which hold a nested")
        .hasMessageContaining("got 1111111110000000");
  }

  @Test
  void formatOneHasNoNestedNetworkAndFormatTwoHasOne() throws IOException {
    BitModel outer = Models.around(inner(8), 16, Seeds.random("outer"));
    Path nested = write("n.safetensors", outer);
    rewrite(nested, "formatVersion", "3", "1");
    Path alone = write("a.safetensors", outer.alone());
    rewrite(alone, "formatVersion", "3", "2");
    for (Path path : List.of(nested, alone)) {
      assertThatThrownBy(() -> ModelFile.read(path))
          .isInstanceOf(CorruptFileException.class)
          .hasMessageContaining("metadata must have the keys [format, formatVersion,");
    }
  }

  @Test
  void everyFlippedBitIsRefused() throws IOException {
    Path path = write("n.safetensors", Models.around(inner(2), 4, Seeds.random("outer")));
    byte[] bytes = Files.readAllBytes(path);
    SplittableRandom random = Seeds.random("flips");
    for (int flip = 0; flip < 300; flip++) {
      byte[] damaged = bytes.clone();
      int bit = random.nextInt(8 * bytes.length);
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(path, damaged);
      assertThatThrownBy(() -> ModelFile.read(path))
          .as("bit %d", bit)
          .isInstanceOf(CorruptFileException.class);
    }
  }

  /** Changes a text of the metadata and gives the file a right checksum again. */
  private static void rewrite(Path path, String key, String old, String changed)
      throws IOException {
    TakenApart file = TakenApart.of(path);
    Map<String, String> metadata = file.metadata();
    assertThat(metadata.get(key)).contains(old);
    metadata.put(key, metadata.get(key).replaceFirst(java.util.regex.Pattern.quote(old), changed));
    file.write(path);
  }

  @Test
  void roomIsWhatLiesBelowTheLowestTrainedBit() {
    assertThat(org.bitloom.model.Nesting.room(new BitLayout(6, 0b111000))).isEqualTo(3);
    assertThat(org.bitloom.model.Nesting.room(new BitLayout(6, 0b000001))).isZero();
    assertThat(org.bitloom.model.Nesting.room(new BitLayout(32, 1 << 31))).isEqualTo(31);
  }
}
