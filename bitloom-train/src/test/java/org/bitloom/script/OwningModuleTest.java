package org.bitloom.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.bitloom.graph.Role;
import org.bitloom.testkit.ModuleFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwningModuleTest {
  private static Role role(String type, String parameter, String shape) {
    List<Integer> sides = Arrays.stream(shape.split("x", -1)).map(Integer::valueOf).toList();
    return OwningModule.outermost("__torch__.Net")
        .inner("layer", "__torch__." + type)
        .role(parameter, sides);
  }

  @ParameterizedTest
  @CsvSource({
    "torch.nn.modules.linear.Linear, weight, 3x4",
    "torch.nn.modules.linear.___torch_mangle_12.Linear, weight, 1x4",
    "torch.nn.modules.linear.Bilinear, weight, 3x4x5",
    "torch.nn.modules.conv.Conv1d, weight, 3x1x1",
    "torch.nn.modules.conv.___torch_mangle_0.Conv2d, weight, 8x1x3x3",
    "torch.nn.modules.conv.ConvTranspose3d, weight, 1x2x3x3x3",
    "torch.nn.modules.activation.MultiheadAttention, in_proj_weight, 12x4",
    "torch.nn.modules.activation.MultiheadAttention, k_proj_weight, 4x5",
    "torch.nn.modules.linear.NonDynamicallyQuantizableLinear, weight, 4x4",
    "torch.nn.modules.rnn.LSTM, weight_ih_l0, 16x4",
    "torch.nn.modules.rnn.GRU, weight_hh_l1_reverse, 12x4",
    "torch.nn.modules.rnn.RNNCell, weight_hh, 4x4",
    "torch.nn.modules.conv.Conv2d, weight_v, 8x1x3x3",
    "torch.nn.modules.rnn.LSTM, weight_hh_l0_v, 16x4"
  })
  void matricesOfLayersThatMultiplyBecomeBits(String type, String parameter, String shape) {
    assertThat(role(type, parameter, shape)).isEqualTo(Role.WEIGHT);
  }

  @ParameterizedTest
  @CsvSource({
    "torch.nn.modules.normalization.LayerNorm, weight, 1x4x4",
    "torch.nn.modules.normalization.___torch_mangle_3.RMSNorm, weight, 4x4",
    "torch.nn.modules.normalization.GroupNorm, weight, 8",
    "torch.nn.modules.batchnorm.BatchNorm2d, weight, 8",
    "torch.nn.modules.sparse.Embedding, weight, 100x16",
    "torch.nn.modules.sparse.EmbeddingBag, weight, 100x16",
    "torch.nn.modules.activation.PReLU, weight, 8",
    "torch.nn.modules.activation.MultiheadAttention, bias_k, 1x1x4",
    "torch.nn.modules.linear.Linear, bias, 3",
    "torch.nn.modules.rnn.LSTM, bias_ih_l0, 16",
    "torch.nn.modules.conv.Conv2d, weight_g, 8x1x1x1",
    "torch.nn.modules.rnn.LSTM, weight_hh_l0_g, 16x1",
    "torch.nn.modules.unheard.Of, weight, 3x4"
  })
  void gainsBiasesAndTablesStayFloats(String type, String parameter, String shape) {
    assertThat(role(type, parameter, shape)).isEqualTo(Role.FLOAT);
  }

  @ParameterizedTest
  @CsvSource({
    "weight, 3x4, WEIGHT",
    "conv_weight, 8x1x3x3, WEIGHT",
    "weight_in, 3x4, WEIGHT",
    "weight, 8x1x1, FLOAT",
    "weight, 1x8x1x1, FLOAT",
    "weight, 8, FLOAT",
    "weight_g, 8x2, FLOAT",
    "kernel, 3x4, FLOAT",
    "weighty, 3x4, FLOAT",
    "position, 16x4, FLOAT"
  })
  void ofOtherClassesTheWordWeightAndTwoSidesDecide(String parameter, String shape, Role role) {
    assertThat(role("blocks.Mixer", parameter, shape)).isEqualTo(role);
    assertThat(role("blocks.___torch_mangle_5.Mixer", parameter, shape)).isEqualTo(role);
  }

  @ParameterizedTest
  @CsvSource({
    "Linear, weight, original1, 3x4, WEIGHT",
    "Linear, weight, original0, 3x1, FLOAT",
    "Linear, weight, original0, 3x4, WEIGHT",
    "Conv2d, weight, original0, 8x1x1x1, FLOAT",
    "Conv2d, weight, original, 3x4x1x1, WEIGHT",
    "LayerNorm, weight, original1, 3x4, FLOAT",
    "Embedding, weight, original1, 3x4, FLOAT",
    "Linear, bias, original1, 3x1, FLOAT"
  })
  void aParametrizedWeightIsWhatTheLayerWouldMakeOfIt(
      String layer, String name, String parameter, String shape, Role role) {
    String[] sides = shape.split("x", -1);
    OwningModule list =
        OwningModule.outermost("__torch__.Net")
            .inner("layer", "__torch__.torch.nn.utils.parametrize.Parametrized" + layer)
            .inner("parametrizations", "__torch__.torch.nn.modules.container.ModuleDict")
            .inner(name, "__torch__.torch.nn.utils.parametrize.ParametrizationList");
    assertThat(list.path() + parameter)
        .isEqualTo("layer.parametrizations." + name + "." + parameter);
    assertThat(list.role(parameter, Arrays.stream(sides).map(Integer::valueOf).toList()))
        .isEqualTo(role);
  }

  @Test
  void anArchiveTellsTheRoleOfEachTensorByTheModuleThatOwnsIt() {
    ScriptArchive archive =
        ScriptArchive.read(
            new ModuleFile("return x")
                .module("head", "torch.nn.modules.container.Sequential")
                .module("head.0", "torch.nn.modules.normalization.LayerNorm")
                .module("head.1", "torch.nn.modules.linear.___torch_mangle_0.Linear")
                .module("words", "torch.nn.modules.sparse.Embedding")
                .module("norm", "torch.nn.modules.batchnorm.BatchNorm2d")
                .parameter("mixing_weight", 2, 2)
                .parameter("head.0.weight", 1, 4, 4)
                .parameter("head.1.weight", 3, 16)
                .parameter("words.weight", 9, 4)
                .frozen("head.1.bias", 3)
                .buffer("norm.running_mean", 0, 4)
                .bytes());
    assertThat(archive.tensors().keySet())
        .allSatisfy(
            name ->
                assertThat(archive.role(name))
                    .as(name)
                    .isEqualTo(
                        switch (name) {
                          case "mixing_weight", "head.1.weight" -> Role.WEIGHT;
                          case "head.0.weight", "words.weight" -> Role.FLOAT;
                          default -> Role.STATISTIC;
                        }))
        .hasSize(6);
  }
}
