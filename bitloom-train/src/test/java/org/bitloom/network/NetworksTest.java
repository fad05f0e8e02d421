package org.bitloom.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import org.bitloom.error.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworksTest {
  /**
   * Weights by hand, layer by layer. Norms have a gamma and a beta per channel: resnet20 2*(16 +
   * 6*16 + 6*32 + 6*64), resnet29v2 2*(16 + 2*16 + 2*(64 + 2*16) + 3*64 + 2*(128 + 2*64) + 3*128 +
   * 2*(256 + 2*128) + 256).
   *
   * <ul>
   *   <li>lenet300, one channel: 784*300 + 300*100 + 100*10
   *   <li>conv4: 3*64*9 + 64*64*9 + 64*128*9 + 128*128*9 + 128*8*8*256 + 256*256 + 256*10
   *   <li>resnet20: 3*16*9 + 6*16*16*9 + (16*32*9 + 5*32*32*9 + 16*32) + (32*64*9 + 5*64*64*9 +
   *       32*64) + 64*10
   *   <li>resnet29v2: 3*16*9 + (16*16 + 16*16*9 + 16*64 + 16*64) + 2*(64*16 + 16*16*9 + 16*64) +
   *       (64*64 + 64*64*9 + 64*128 + 64*128) + 2*(128*64 + 64*64*9 + 64*128) + (128*128 +
   *       128*128*9 + 128*256 + 128*256) + 2*(256*128 + 128*128*9 + 128*256) + 256*10
   * </ul>
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "lenet300, 1, 28, 266200, 0",
    "conv2, 3, 32, 4300992, 0",
    "conv4, 3, 32, 2425024, 0",
    "conv6, 3, 32, 2261184, 0",
    "resnet20, 3, 32, 270896, 1376",
    "resnet32, 3, 32, 464432, 2272",
    "resnet44, 3, 32, 657968, 3168",
    "resnet56, 3, 32, 851504, 4064",
    "resnet110, 3, 32, 1722416, 8096",
    "resnet29v2, 3, 32, 835504, 5216",
    "resnet56v2, 3, 32, 1647280, 10400",
    "resnet110v2, 3, 32, 3270832, 20768"
  })
  void parametersAreAsManyAsCountedByHand(
      String name, int channels, int side, long weights, long norms) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block network = Networks.build(name, 10);
      network.initialize(manager, DataType.FLOAT32, new Shape(1, channels, side, side));
      long foundWeights = 0;
      long foundNorms = 0;
      for (Pair<String, Parameter> named : network.getParameters()) {
        Parameter parameter = named.getValue();
        long size = parameter.getArray().getShape().size();
        boolean weight = parameter.getType() == Parameter.Type.WEIGHT;
        foundWeights += weight ? size : 0;
        foundNorms += !weight && parameter.requiresGradient() ? size : 0;
      }
      assertThat(foundWeights).isEqualTo(weights);
      assertThat(foundNorms).isEqualTo(norms);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"conv6, 8", "conv2, 3", "resnet20, 5", "resnet29v2, 9"})
  void smallImagesGiveOneLogitPerClass(String name, int side) {
    Networks.checkImages(name, side, side);
    try (NDManager manager = NDManager.newBaseManager()) {
      Block network = Networks.build(name, 7);
      network.initialize(manager, DataType.FLOAT32, new Shape(1, 3, side, side));
      NDArray images = manager.ones(new Shape(2, 3, side, side));
      NDList logits =
          network.forward(new ParameterStore(manager, false), new NDList(images), false);
      assertThat(logits.singletonOrThrow().getShape()).isEqualTo(new Shape(2, 7));
    }
  }

  @Test
  void imagesThatVanishInThePoolsAreRefused() {
    assertThatThrownBy(() -> Networks.checkImages("conv6", 8, 7))
        .isInstanceOf(UsageException.class)
        .hasMessage("images for conv6 must be at least 8x8, got 8x7");
  }

  @Test
  void anUnknownNameListsTheKnownOnes() {
    assertThatThrownBy(() -> Networks.checkName("resnet21"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("lenet300, conv2, conv4, conv6, resnet20")
        .hasMessageEndingWith("got 'resnet21'");
  }
}
