package org.bitloom.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bitloom.data.ImageSet;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;
import org.bitloom.model.FloatTensor;
import org.bitloom.testkit.ModuleFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptNetworkTest {
  private static final int SIDE = 5;
  private static final int CLASSES = 3;
  private static final ImageSet IMAGES = images(SIDE, CLASSES);

  @TempDir private Path folder;

  private static ImageSet images(int side, int classes) {
    return new ImageSet(new byte[side * side], new byte[1], 1, side, side, classes);
  }

  /** As a run does: with gradients on, every evaluation would build a graph. */
  @BeforeEach
  void readyTheThread() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      JniUtils.setGradMode(false);
      assertThat(manager.isOpen()).isTrue();
    }
  }

  private ScriptNetwork network(ModuleFile module) throws IOException {
    Path file = folder.resolve("toy.pt");
    Files.write(file, module.bytes());
    return ScriptNetwork.read(file, "toy.pt");
  }

  private ScriptBlock block(ModuleFile module) throws IOException {
    return network(module).build(IMAGES);
  }

  private static float[] run(ScriptBlock block, boolean training) {
    try (NDManager scope = NDManager.newBaseManager(Device.cpu())) {
      NDArray ones = scope.ones(new Shape(4, 1, SIDE, SIDE));
      ParameterStore store = new ParameterStore(scope, false);
      block.initialize(scope, DataType.FLOAT32, ones.getShape());
      return block.forward(store, new NDList(ones), training).singletonOrThrow().toFloatArray();
    }
  }

  @Test
  void parametersAreTheTrainableOnesUnderTheNamesOfTheModule() throws IOException {
    ModuleFile module =
        ModuleFile.convolutional(SIDE, CLASSES).frozen("mixing_weight", 2, 2).buffer("note", 1, 2);
    try (ScriptBlock block = block(module)) {
      Map<String, Parameter.Type> types = new LinkedHashMap<>();
      block.getParameters().forEach(p -> types.put(p.getKey(), p.getValue().getType()));
      assertThat(types)
          .containsExactly(
              Map.entry("conv_weight", Parameter.Type.WEIGHT),
              Map.entry("gain", Parameter.Type.OTHER),
              Map.entry("shift", Parameter.Type.OTHER),
              Map.entry("out_weight", Parameter.Type.WEIGHT),
              Map.entry("out_bias", Parameter.Type.OTHER),
              Map.entry("offset", Parameter.Type.OTHER));
      assertThat(block.isBuffer("running_mean")).isTrue();
      assertThat(block.isBuffer("mixing_weight")).isTrue();
      assertThat(block.isBuffer("gain")).isFalse();
      assertThat(block.isBuffer("nothing")).isFalse();
    }
  }

  /** A gain of three dimensions and an embedding look like weights by name and shape. */
  @Test
  void theModuleThatOwnsAParameterDecidesWhetherItBecomesBits() throws IOException {
    ModuleFile module =
        new ModuleFile(
                "a = torch.layer_norm(x, [1, 5, 5], self.norm.weight, self.norm.bias)",
                "b = torch.flatten(torch.prelu(a, self.slope.weight), 1)",
                "c = torch.add(b, torch.slice(torch.flatten(self.place.weight), 0, 0, 25))",
                "return torch.linear(c, self.out.weight, self.out.bias)")
            .module("norm", "torch.nn.modules.normalization.LayerNorm")
            .module("slope", "torch.nn.modules.activation.PReLU")
            .module("place", "torch.nn.modules.sparse.Embedding")
            .module("out", "torch.nn.modules.linear.Linear")
            .parameter("norm.weight", 1, SIDE, SIDE)
            .parameter("norm.bias", 1, SIDE, SIDE)
            .parameter("slope.weight", 1)
            .parameter("place.weight", 7, SIDE)
            .parameter("out.weight", CLASSES, SIDE * SIDE)
            .parameter("out.bias", CLASSES);
    try (ScriptBlock block = block(module)) {
      assertThat(run(block, false)).hasSize(4 * CLASSES);
      assertThat(block.getParameters())
          .filteredOn(named -> named.getValue().getType() == Parameter.Type.WEIGHT)
          .extracting(Pair::getKey)
          .containsExactly("out.weight");
      assertThat(block.getParameters()).hasSize(6);
    }
  }

  @Test
  void imagesComeAsImagesOrAsRowsWhateverTheModuleTakes() throws IOException {
    try (ScriptBlock images = block(ModuleFile.convolutional(SIDE, CLASSES));
        ScriptBlock rows = block(ModuleFile.dense(SIDE * SIDE, CLASSES))) {
      assertThat(run(images, false)).hasSize(4 * CLASSES);
      assertThat(run(rows, false)).hasSize(4 * CLASSES);
      assertThat(rows.getOutputShapes(new Shape[] {new Shape(7, 1, SIDE, SIDE)}))
          .containsExactly(new Shape(7, CLASSES));
    }
  }

  /** DJL's own block would train its first steps in evaluation mode. */
  @Test
  void dropoutDropsInTrainingFromTheFirstStepOnAndNeverInEvaluation() throws IOException {
    ModuleFile dropping =
        new ModuleFile(
                "a = torch.dropout(torch.flatten(x, 1), 0.5, self.training)",
                "return torch.linear(a, self.weight, None)")
            .parameter("weight", CLASSES, SIDE * SIDE);
    try (ScriptBlock block = block(dropping)) {
      float[] first = run(block, true);
      assertThat(run(block, true)).isNotEqualTo(first);
      assertThat(run(block, false)).isEqualTo(run(block, false));
      assertThat(run(block, true)).isNotEqualTo(run(block, true));
    }
  }

  @Test
  void buffersAreReadFromTheModuleAndGoIntoTheNextOne() throws IOException {
    ScriptNetwork network = network(ModuleFile.convolutional(SIDE, CLASSES));
    try (ScriptBlock trained = network.build(IMAGES)) {
      assertThat(trained.changedBuffers()).isEmpty();
      float[] before = run(trained, false);
      run(trained, true);
      Map<String, byte[]> changed = trained.changedBuffers();
      assertThat(changed).containsOnlyKeys("running_mean", "running_var", "seen");
      assertThat(changed.get("seen")).containsExactly(2, 0, 0, 0, 0, 0, 0, 0);
      assertThat(trained.floatBuffers())
          .extracting(FloatTensor::name)
          .containsExactly("running_mean", "running_var");
      ScriptNetwork next = network.with(changed);
      assertThat(next.sha256()).isEqualTo(network.sha256());
      try (ScriptBlock untouched = next.build(IMAGES)) {
        assertThat(untouched.changedBuffers()).usingRecursiveComparison().isEqualTo(changed);
      }
      try (ScriptBlock continued = next.build(IMAGES);
          ScriptBlock fresh = network.build(IMAGES)) {
        assertThat(run(continued, false)).isEqualTo(run(trained, false)).isNotEqualTo(before);
        assertThat(run(fresh, false)).isEqualTo(before);
        run(continued, true);
        assertThat(continued.changedBuffers().get("seen")[0]).isEqualTo((byte) 4);
      }
    }
  }

  /** What a module puts in place of a buffer counts, not the tensor that was there first. */
  @Test
  void buffersThatTheModuleReplacesAreReadAnew() throws IOException {
    ModuleFile replacing =
        ModuleFile.dense(SIDE * SIDE, CLASSES)
            .buffer("total", 0, 1)
            .forward(
                "self.total = torch.add(self.total, 1.5)",
                "return torch.linear(x, self.weight, self.bias)");
    try (ScriptBlock block = block(replacing)) {
      run(block, true);
      run(block, true);
      float expected = block.floatBuffers().get(0).values()[0];
      run(block, true);
      assertThat(block.floatBuffers().get(0).values()[0]).isEqualTo(expected + 1.5f);
    }
  }

  @Test
  void aBufferThatChangesItsShapeIsRefused() throws IOException {
    ModuleFile growing =
        ModuleFile.dense(SIDE * SIDE, CLASSES)
            .buffer("log", 0, 1)
            .forward(
                "self.log = torch.cat([self.log, self.log])",
                "return torch.linear(x, self.weight, self.bias)");
    ScriptNetwork network = network(growing);
    assertThatThrownBy(() -> network.build(IMAGES))
        .isInstanceOf(FailureException.class)
        .hasMessageMatching(
            "buffers of a network must keep their type and shape, log was Float \\[1], is Float"
                + " \\[\\d+]");
  }

  @Test
  void imagesThatDoNotFitAreNamedWithWhatTheModuleSays() throws IOException {
    ScriptNetwork network = network(ModuleFile.dense(16, CLASSES));
    assertThatThrownBy(() -> network.build(IMAGES))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(
            "network toy.pt must make [N, 3] of images [N, 1, 5, 5] or of rows [N, 25], got for"
                + " (2, 1, 5, 5) 'RuntimeError: mat1 and mat2 shapes cannot be multiplied (10x5 and"
                + " 16x3)', for (2, 25) 'RuntimeError: mat1 and mat2");
  }

  private void assertHint(ModuleFile module, String hint) throws IOException {
    ScriptNetwork network = network(module);
    assertThatThrownBy(() -> network.build(IMAGES))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("network toy.pt must make [N, 3] of images")
        .extracting(e -> ((UsageException) e).hint())
        .asString()
        .contains(hint);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64})
  void aBatchThatWasTracedIntoTheModuleIsNamed(int batch) throws IOException {
    ModuleFile traced =
        ModuleFile.dense(SIDE * SIDE, CLASSES)
            .forward(
                "a = torch.view(x, [" + batch + ", " + SIDE * SIDE + "])",
                "return torch.linear(a, self.weight, self.bias)");
    assertHint(traced, "it takes batches of " + batch + " only, as it was traced: script it");
  }

  @Test
  void aModuleOfTwoOutputsIsSaidToHaveThem() throws IOException {
    ModuleFile two =
        ModuleFile.dense(SIDE * SIDE, CLASSES)
            .returning("Tuple[Tensor, Tensor]")
            .forward(
                "a = torch.linear(torch.flatten(x, 1), self.weight, self.bias)", "return (a, a)");
    assertHint(two, "it returns several tensors");
  }

  @Test
  void aModuleThatAsksForAGpuIsSaidTo() throws IOException {
    ModuleFile traced =
        ModuleFile.dense(SIDE * SIDE, CLASSES)
            .forward(
                "a = torch.zeros([1], dtype=6, layout=0, device=torch.device(\"cuda:0\"))",
                "return torch.linear(torch.add(x, a), self.weight, self.bias)");
    assertHint(traced, "its program asks for one: trace it after net.cpu()");
  }

  @Test
  void aModuleOfOtherNumbersIsSaidToHaveThem() throws IOException {
    ModuleFile doubles =
        ModuleFile.dense(SIDE * SIDE, CLASSES)
            .forward(
                "a = torch.to(torch.flatten(x, 1), 7)",
                "return torch.linear(a, self.weight, self.bias)");
    assertHint(doubles, "save it after net.float()");
  }

  @Test
  void imagesOfAnotherKindAskForOtherData() throws IOException {
    assertHint(ModuleFile.dense(16, CLASSES), "choose the --data it was made for");
  }

  @Test
  void anotherNumberOfOutputsThanClassesIsRefused() throws IOException {
    ScriptNetwork network = network(ModuleFile.dense(SIDE * SIDE, 7));
    assertThatThrownBy(() -> network.build(IMAGES))
        .isInstanceOf(UsageException.class)
        .hasMessage("network toy.pt must have one output per class of the data, 3, got 7");
  }

  @Test
  void outputsOfAnotherKindAreRefused() throws IOException {
    ModuleFile image = new ModuleFile("return torch.unsqueeze(x, 0)").parameter("weight", 2, 2);
    ScriptNetwork network = network(image);
    assertThatThrownBy(() -> network.build(IMAGES))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(
            "got for (2, 1, 5, 5) outputs [(1, 2, 1, 5, 5)], for (2, 25) outputs [(1, 2, 25)]");
  }
}
