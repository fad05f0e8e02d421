package org.bitloom.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.bitloom.cli.Captured;
import org.bitloom.io.ModelFile;
import org.bitloom.io.SafetensorsFile;
import org.bitloom.model.BitModel;
import org.bitloom.model.ModelTensor;
import org.bitloom.testkit.GoldenModels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExportCommandTest {
  @TempDir private Path folder;
  private Path model;
  private Path target;

  @BeforeEach
  void writeModel() throws IOException {
    model = GoldenModels.model("format3/nested", folder);
    target = folder.resolve("exported");
  }

  private Captured export(String options) {
    return Captured.run("export " + model + " " + options);
  }

  private void refused(int exitCode, String message, Captured result) {
    assertThat(result.err()).contains(message);
    assertThat(result.exitCode()).isEqualTo(exitCode);
    assertThat(target).doesNotExist();
  }

  @Test
  void floatsHoldEveryTensorUnderItsName() throws IOException {
    Captured result = export("--to floats -o " + target);
    assertThat(result.out()).startsWith("file   " + target).contains("tensors as floats");
    assertHolds(ModelFile.read(model).tensors());
  }

  @Test
  void theNestedNetworkIsExportedByItsBits() throws IOException {
    assertThat(export("--to floats --use-bits 5..0 -o " + target).err()).isEmpty();
    assertHolds(ModelFile.read(model).inner().orElseThrow().tensors());
  }

  private void assertHolds(Iterable<ModelTensor> tensors) throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(target)) {
      for (ModelTensor tensor : tensors) {
        boolean same = Arrays.equals(file.floats(tensor.name()), tensor.weights());
        assertThat(same).as(tensor.name()).isTrue();
      }
      assertThat(file.metadata()).containsEntry("normalization", "mean-image");
      assertThat(file.floats("input.deviation")).hasSize(1);
    }
  }

  @Test
  void jsonSaysWhatWasWritten() throws IOException {
    Captured result = export("--to floats --json -o " + target);
    assertThat(result.out().strip())
        .startsWith("{\"file\":\"" + target + "\",\"format\":\"floats\",\"bytes\":")
        .contains("" + Files.size(target));
  }

  @Test
  void whatBecameOfImagesBeforehandIsSaid() throws IOException {
    BitModel plain = ModelFile.read(model);
    ModelFile.write(
        model,
        new BitModel(
            plain.architecture(), plain.task(), plain.tensors(), Map.of("resize", "64x48")));
    assertThat(export("--to onnx -o " + target).out())
        .endsWith("images must be prepared as for training: resize 64x48\n");
  }

  @Test
  void aPackedNetworkWithoutLossComesBackToTheByte() throws IOException {
    Captured packed = export("--to packed --lossless -o " + target);
    Path back = folder.resolve("back.safetensors");
    Captured result = Captured.run("export " + target + " --to model -o " + back);

    assertThat(packed.out()).contains(" bits each\n").doesNotContain("left out");
    assertThat(result.err()).isEmpty();
    assertThat(back).hasSameBinaryContentAs(model);
  }

  @Test
  void whatAPackedNetworkLeavesOutIsSaidAndItsFrozenBitsAre() {
    assertThat(export("--to packed -o " + target).out())
        .contains("frozen bits are in it; noise and payloads cannot be made smaller than")
        .containsPattern("left out, as it computes nothing: the signs of [0-9,]+ negative zeros, ")
        .contains("where the network came from, what reads its low bits as lenet300\n")
        .endsWith("--lossless keeps it\n");
  }

  @Test
  void aPackedNetworkIsInspectedWithItsBytes() throws IOException {
    export("--to packed -o " + target);

    assertThat(Captured.run("inspect " + target).out())
        .contains("part of the file", "dense1.weight", "checksum")
        .containsPattern("in all +" + String.format(Locale.ROOT, "%,d", Files.size(target)));
    assertThat(Captured.run("inspect --json " + target).out())
        .contains("\"parts\":[{\"name\":\"header\",\"bytes\":");
  }

  @Test
  void losslessIsForPackedNetworks() {
    refused(2, "--lossless is for --to packed", export("--to c --lossless -o " + target));
  }

  @Test
  void anUnknownFormatIsRefusedWithTheKnownOnes() {
    refused(2, "--to must be one of floats, ", export("--to pickle -o " + target));
  }

  @Test
  void aModuleIsWrittenAsTorchscriptOrFloatsOnly() throws IOException {
    model = GoldenModels.model("format3/module", folder);
    Path module = folder.resolve("network.pt");
    GoldenModels.writeModule(module);
    assertThat(export("--to torchscript -o " + target).exitCode()).isZero();
    assertThat(target).exists();
    assertThat(export("--to floats -o " + target + "2").exitCode()).isZero();
    for (String other : new String[] {"onnx", "c"}) {
      Captured refused = export("--to " + other + " -o " + target + "3");
      assertThat(refused.err()).contains("must have a graph to be written as " + other);
      assertThat(folder.resolve("exported3")).doesNotExist();
    }
    assertThat(export("--to torchscript --overwrite -o " + module).err())
        .contains("-o must be another file than the one that is read");
  }

  @Test
  void aTargetThatCannotBeWrittenIsRefused() throws IOException {
    Path absent = folder.resolve("absent").resolve("net");
    refused(2, "-o must lie in a folder that exists", export("--to floats -o " + absent));
    refused(2, "-o must be a file, got -", export("--to floats -o -"));
    refused(2, "-o must be another file", export("--to floats --overwrite -o " + model));
    Files.createFile(folder.resolve("there"));
    refused(2, "-o must not exist yet", export("--to floats -o " + folder.resolve("there")));
  }

  @Test
  void aFullDiskIsOneClearError() {
    Path full = Path.of("/dev/full");
    if (Files.exists(full)) {
      for (String format : new String[] {"floats", "onnx", "c"}) {
        Captured result = export("--to " + format + " -o " + full);
        assertThat(result.exitCode()).as(format).isEqualTo(1);
        assertThat(result.err()).as(format).contains("/dev/full").hasLineCount(1);
      }
    }
  }

  @Test
  void aDamagedModelOrOneOfAnotherFormatIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(model);
    bytes[bytes.length - 1] ^= 1;
    Files.write(model, bytes);
    refused(1, "sha256", export("--to floats -o " + target));
    Files.writeString(model, "not a model");
    refused(1, "file must be safetensors, got text", export("--to floats -o " + target));
    Files.delete(model);
    refused(1, model.toString(), export("--to floats -o " + target));
  }

  @Test
  void optionsThatDoNotFitAreRefused() {
    refused(2, "--net is for --to torchscript", export("--to floats --net x.pt -o " + target));
    refused(2, "only a module of one's own", export("--to torchscript -o " + target));
  }
}
