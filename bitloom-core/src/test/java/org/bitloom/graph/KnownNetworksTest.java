package org.bitloom.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownNetworksTest {
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
      String name, int channels, int side, int weights, int norms) {
    Graph graph = KnownNetworks.of(name, List.of(channels, side, side), 10);
    assertThat(size(graph, Role.WEIGHT)).isEqualTo(weights);
    assertThat(size(graph, Role.FLOAT)).isEqualTo(norms);
    assertThat(size(graph, Role.STATISTIC)).isEqualTo(norms);
  }

  private static int size(Graph graph, Role role) {
    return graph.parameters().stream()
        .filter(parameter -> parameter.role() == role)
        .mapToInt(GraphParameter::size)
        .sum();
  }

  @Test
  void parametersOfPlainNetworksAreNumberedByTheirKindOfLayer() {
    assertThat(names("lenet300", 1, 28))
        .containsExactly("dense1.weight", "dense2.weight", "dense3.weight");
    assertThat(names("conv4", 3, 32))
        .containsExactly(
            "conv1.weight",
            "conv2.weight",
            "conv3.weight",
            "conv4.weight",
            "dense1.weight",
            "dense2.weight",
            "dense3.weight");
  }

  @Test
  void parametersOfAResidualNetworkSayWhereTheyAre() {
    List<String> names = names("resnet20", 3, 32);
    assertThat(names)
        .startsWith(
            "conv1.weight",
            "norm1.gamma",
            "norm1.beta",
            "norm1.runningMean",
            "norm1.runningVariance",
            "stage1.block1.conv1.weight",
            "stage1.block1.norm1.gamma")
        .endsWith("stage3.block3.norm2.runningVariance", "dense1.weight")
        .doesNotContain("stage1.block1.shortcut.weight");
  }

  @Test
  void theShortcutsWeightFollowsThoseOfTheBlockThatItLeadsAround() {
    List<String> names = names("resnet20", 3, 32);
    int shortcut = names.indexOf("stage2.block1.shortcut.weight");
    assertThat(names.subList(shortcut - 1, shortcut + 2))
        .containsExactly(
            "stage2.block1.norm2.runningVariance",
            "stage2.block1.shortcut.weight",
            "stage2.block2.conv1.weight");
  }

  @Test
  void aBottleneckBeginsWithItsNormButForTheFirst() {
    List<String> names = names("resnet29v2", 3, 32);
    assertThat(names.indexOf("stage1.block1.conv1.weight"))
        .isEqualTo(names.indexOf("norm1.runningVariance") + 1);
    assertThat(names.indexOf("stage2.block1.norm1.gamma"))
        .isEqualTo(names.indexOf("stage1.block3.conv3.weight") + 1);
    assertThat(names).contains("stage1.block1.shortcut.weight", "stage3.block1.shortcut.weight");
  }

  private static List<String> names(String network, int channels, int side) {
    return KnownNetworks.of(network, List.of(channels, side, side), 10).parameters().stream()
        .map(GraphParameter::name)
        .toList();
  }

  @Test
  void stagesOfResidualNetworksHalveHeightAndWidth() {
    Graph graph = KnownNetworks.of("resnet29v2", List.of(3, 32, 27), 7);
    assertThat(graph.shapeOf("stage1.block3.add")).containsExactly(64, 32, 27);
    assertThat(graph.shapeOf("stage2.block1.add")).containsExactly(128, 16, 14);
    assertThat(graph.shapeOf("stage3.block3.add")).containsExactly(256, 8, 7);
    assertThat(graph.shapeOf("pool1")).containsExactly(256);
    assertThat(graph.classes()).isEqualTo(7);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"conv6, 8", "conv4, 4", "conv2, 2", "lenet300, 1", "resnet20, 1", "resnet29v2, 1"})
  void theSmallestImagesFit(String name, int side) {
    assertThat(KnownNetworks.smallestSide(name)).isEqualTo(side);
    assertThat(KnownNetworks.of(name, List.of(3, side, side), 7).classes()).isEqualTo(7);
  }

  @Test
  void imagesThatVanishInThePoolsAreRefused() {
    assertThatThrownBy(() -> KnownNetworks.of("conv6", List.of(3, 8, 7), 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("images for conv6 must be at least 8x8, got 8x7");
  }

  @Test
  void anUnknownNameListsTheKnownOnes() {
    assertThatThrownBy(() -> KnownNetworks.smallestSide("resnet21"))
        .hasMessageContaining("lenet300, conv2, conv4, conv6, resnet20")
        .hasMessageEndingWith("got 'resnet21'");
  }
}
