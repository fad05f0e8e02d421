package org.bitloom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
import org.bitloom.bits.SignMagnitude;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.Normalization;
import org.bitloom.testkit.GoldenModels;
import org.bitloom.testkit.Seeds;
import org.bitloom.testkit.fuzz.FuzzRound;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Packed networks are the networks that were packed. */
class PackedFileTest {
  @TempDir private Path folder;

  private static List<String> everyModel() {
    return IntStream.rangeClosed(1, 3).mapToObj(GoldenModels::names).flatMap(List::stream).toList();
  }

  private static List<BitModel> odd() {
    SplittableRandom random = Seeds.random();
    BitModel dense = Models.dense(random, 6, 9, 7, 5, 3);
    List<ModelTensor> own =
        List.of(
            Models.bits(random, "w", 32, List.of(4, 3)),
            Models.bits(random, "v", 1, List.of(7)),
            Models.floats(random, "a.bias", List.of()),
            Models.floats(random, "b.bias", List.of(2, 2)));
    return List.of(
        Models.tiny(),
        dense,
        FormatPageTest.ofEveryKind(),
        Models.around(dense, 13, Seeds.random("around")),
        Models.around(Models.around(dense, 9, random), 20, random),
        Models.fed(FormatPageTest.ofEveryKind(), new Normalization.Unit()),
        Models.fed(FormatPageTest.ofEveryKind(), new Normalization.Raw()),
        Models.fed(
            FormatPageTest.ofEveryKind(),
            new Normalization.PerChannel(new float[] {0.1f}, new float[] {0.3f})),
        Models.model(random, 30, 4, own));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everyModel")
  void aGoldenModelComesBackToTheByte(String name) throws IOException {
    BitModel model = ModelFile.read(GoldenModels.model(name, folder));

    PackedFile.write(packed(), model, true);

    assertThat(ModelFile.read(packed())).isEqualTo(model);
  }

  @ParameterizedTest
  @MethodSource("odd")
  void everyKindOfNetworkComesBack(BitModel model) throws IOException {
    PackedFile.Content written = PackedFile.write(packed(), model, true);

    assertThat(PackedFile.read(packed())).isEqualTo(written);
    assertThat(written.model()).isEqualTo(model);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everyModel")
  void withoutSignsOfZerosEveryWeightIsTheSame(String name) throws IOException {
    BitModel model = ModelFile.read(GoldenModels.model(name, folder));

    BitModel written = PackedFile.write(packed(), model, false).model();

    BitModel read = ModelFile.read(packed());
    assertThat(read).isEqualTo(written);
    for (int i = 0; i < model.tensors().size(); i++) {
      assertThat(values(read.tensors().get(i))).isEqualTo(values(model.tensors().get(i)));
    }
  }

  /** Returns integers where there are bits; zeros of both signs are 0. */
  private static List<Double> values(ModelTensor tensor) {
    List<Double> values = new ArrayList<>();
    float[] floats = tensor.weights();
    for (int i = 0; i < tensor.size(); i++) {
      values.add(
          tensor instanceof BitTensor bits
              ? (double) SignMagnitude.value(bits.code(i), bits.layout().depth())
              : (double) floats[i]);
    }
    return values;
  }

  @Test
  void frozenSignsOfZerosAreKeptForTheyMayBePayload() throws IOException {
    SplittableRandom random = Seeds.random();
    int[] codes = {0b100, 0b000, 0b101, 0b100};
    BitTensor frozen = new BitTensor("w", List.of(2, 2), layout("011"), 1, codes);
    BitTensor trained = new BitTensor("v", List.of(2, 2), layout("110"), 1, codes);
    BitModel own = Models.model(random, 2, 2, List.of(frozen, trained));

    PackedFile.write(packed(), own, false);

    List<ModelTensor> read = ModelFile.read(packed()).tensors();
    assertThat(((BitTensor) read.get(0)).codes()).isEqualTo(codes);
    assertThat(((BitTensor) read.get(1)).codes()).containsExactly(0, 0, 0b101, 0);
  }

  private static BitLayout layout(String mask) {
    return BitMask.parse(mask).at(mask.length());
  }

  @ParameterizedTest
  @MethodSource("odd")
  void thePartsAreTheFile(BitModel model) throws IOException {
    List<PackedFile.Part> parts = PackedFile.write(packed(), model, false).parts();

    assertThat(parts.stream().mapToLong(PackedFile.Part::bytes).sum())
        .isEqualTo(Files.size(packed()));
    assertThat(parts.stream().map(PackedFile.Part::name).toList())
        .startsWith("header")
        .endsWith("checksum")
        .containsAll(model.tensors().stream().map(ModelTensor::name).toList());
  }

  @Test
  void everyTruncationAndEveryFlippedBitIsRefused() throws IOException {
    PackedFile.write(packed(), Models.tiny(), false);
    byte[] whole = Files.readAllBytes(packed());
    for (int length = 0; length < whole.length; length++) {
      assertRefused(Arrays.copyOf(whole, length), "first " + length + " bytes");
    }
    assertRefused(Arrays.copyOf(whole, whole.length + 1), "one byte more");
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] other = whole.clone();
      other[bit >>> 3] ^= (byte) (1 << (bit & 7));
      assertRefused(other, "bit " + bit);
    }
  }

  private void assertRefused(byte[] bytes, String what) throws IOException {
    Files.write(packed(), bytes);
    assertThatThrownBy(() -> PackedFile.read(packed()))
        .as(what)
        .isInstanceOf(CorruptFileException.class)
        .hasMessageStartingWith(packed().toString());
  }

  @Test
  void aLaterVersionIsSentToANewerBitloom() throws IOException {
    PackedFile.write(packed(), Models.tiny(), false);
    byte[] bytes = Files.readAllBytes(packed());
    bytes[8] = 2;
    Files.write(packed(), bytes);

    assertThatThrownBy(() -> ModelFile.read(packed()))
        .hasMessageContaining("Unknown version 2 of packed networks, this bitloom reads 1")
        .isInstanceOfSatisfying(
            CorruptFileException.class, e -> assertThat(e.hint()).isEqualTo("use a newer bitloom"));
  }

  @Test
  void aPackedNetworkIsToldByItsFirstBytes() throws IOException {
    PackedFile.write(packed(), Models.tiny(), false);

    assertThat(FileKind.of(packed())).isEqualTo(FileKind.PACKED);
    assertThatThrownBy(() -> SafetensorsFile.open(packed()))
        .hasMessageContaining("must be safetensors, got a packed network of bitloom");
  }

  @Test
  void damagedPackedNetworksAreRefusedOrNetworks() throws IOException {
    FuzzRound.run(PackedTarget.class);
  }

  private Path packed() {
    return folder.resolve("network.packed");
  }
}
