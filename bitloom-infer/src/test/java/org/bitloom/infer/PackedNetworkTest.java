package org.bitloom.infer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.bitloom.io.ModelFile;
import org.bitloom.io.PackedFile;
import org.bitloom.model.BitModel;
import org.bitloom.testkit.GoldenModels;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A packed network answers what the network answers that was packed. */
class PackedNetworkTest {
  @TempDir private Path folder;

  private static List<String> everyNetwork() {
    return IntStream.rangeClosed(1, 3)
        .mapToObj(GoldenModels::names)
        .flatMap(List::stream)
        .filter(name -> !name.endsWith("module"))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everyNetwork")
  void scoresAreTheSame(String name) throws IOException {
    BitModel model = ModelFile.read(GoldenModels.model(name, folder));
    Path packed = folder.resolve("network.packed");
    PackedFile.write(packed, model, false);
    float[] pixels = new float[BitNetwork.of(model).inputSize()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Seeds.random(name + i).nextInt(256);
    }

    assertThat(BitNetwork.load(packed).scores(pixels))
        .containsExactly(BitNetwork.of(model).scores(pixels));
  }
}
