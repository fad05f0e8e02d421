package org.bitloom.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.bitloom.data.ImageSet;
import org.bitloom.error.UsageException;
import org.bitloom.network.Network;
import org.bitloom.network.Networks;
import org.bitloom.testkit.ModuleFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gives files that are no network of one's own: each is one clear line. */
class ScriptRefusalsTest {
  @TempDir private Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("toy.pt"), bytes);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(byte[] bytes)
      throws IOException {
    Path file = file(bytes);
    return assertThatThrownBy(() -> Networks.open(file.toString()))
        .isInstanceOf(UsageException.class);
  }

  @Test
  void aFileOfAnotherKindIsNamedWithWhatItIs() throws IOException {
    assertRefused("weights".getBytes(StandardCharsets.UTF_8))
        .hasMessage(
            "network must be a TorchScript module, "
                + folder.resolve("toy.pt")
                + " is not: file must be a zip archive, it is none");
    assertRefused(new byte[0]).hasMessageEndingWith("toy.pt is not: it is empty");
  }

  @Test
  void aFileThatIsNotThereOrAFolderIsRefused() {
    Path missing = folder.resolve("missing.pt");
    assertThatThrownBy(() -> Networks.check(missing.toString()))
        .isInstanceOf(UsageException.class)
        .hasMessage("network must be a file of less than 2 GiB, " + missing + " is missing");
    assertThatThrownBy(() -> Networks.open(missing.toString())).isInstanceOf(UsageException.class);
    Path directory = folder.resolve("folder.pt");
    assertThat(directory.toFile().mkdir()).isTrue();
    assertThatThrownBy(() -> Networks.check(directory.toString()))
        .isInstanceOf(UsageException.class)
        .hasMessageEndingWith("folder.pt is a folder");
  }

  @Test
  void aNameThatIsNeitherKnownNorAFileIsRefused() {
    assertThatThrownBy(() -> Networks.open("net.pth"))
        .isInstanceOf(UsageException.class)
        .hasMessageEndingWith("or a TorchScript file NAME.pt, got 'net.pth'");
  }

  @Test
  void aModuleWithoutTrainableWeightsIsRefused() throws IOException {
    String unnamed =
        "has none: its parameters, such as %s, are no weights of layers of torch.nn, and have no"
            + " name with the word weight and two sides longer than 1";
    Map<ModuleFile, String> modules =
        Map.of(
            new ModuleFile("return x"),
            "has none: it has no parameters at all",
            new ModuleFile("return x").frozen("weight", 2, 2),
            "has none: none of its tensors asks for a gradient, such as weight",
            new ModuleFile("return x").parameter("weight", 4),
            unnamed.formatted("weight"),
            new ModuleFile("return x").parameter("table", 2, 2),
            unnamed.formatted("table"));
    for (Map.Entry<ModuleFile, String> module : modules.entrySet()) {
      assertRefused(module.getKey().bytes())
          .hasMessageStartingWith(
              "network must have trainable weights of dense or convolution layers, ")
          .hasMessageEndingWith(module.getValue());
    }
  }

  /** The engine would end the JVM over some of these types. */
  @Test
  void parametersOfOtherTypesAreRefusedBeforeTheEngineSeesThem() throws IOException {
    for (String type : new String[] {"Half", "BFloat16", "Double"}) {
      int width = type.equals("Double") ? 8 : 2;
      assertRefused(ModuleFile.dense(4, 2).parameterOf(type, width, "more", 2).bytes())
          .hasMessageContaining("must be 32-bit floats in row-major order, more of ")
          .hasMessageEndingWith(" is " + type + " with shape [2] and strides [1]");
    }
  }

  @Test
  void parametersThatShareMemoryAreRefused() throws IOException {
    assertRefused(ModuleFile.dense(4, 2).alias("twin", "bias").bytes())
        .hasMessageStartingWith("trainable parameters must not share memory, bias and twin of ");
  }

  @ParameterizedTest
  @CsvSource({
    "seen, 7, 'buffer seen must have 8 bytes in toy.pt, got 7'",
    "running_mean, 20, 'buffer running_mean must have 16 bytes in toy.pt, got 20'",
    "gain, 16, 'buffer gain must have 0 bytes in toy.pt, got 16'",
    "other, 4, 'buffer other must have 0 bytes in toy.pt, got 4'"
  })
  void valuesForBuffersThatTheModuleLacksAreRefused(String name, int bytes, String message)
      throws IOException {
    Path file = file(ModuleFile.convolutional(4, 2).bytes());
    ScriptNetwork network = ScriptNetwork.read(file, "toy.pt");
    assertThatThrownBy(() -> network.with(Map.of(name, new byte[bytes])))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
  }

  @Test
  void namesOfTheModelFileAreReserved() throws IOException {
    assertThatThrownBy(() -> TrainableTensors.checkName(Path.of("toy.pt"), "input.mean"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "names input.mean and input.deviation belong to the model file, toy.pt has input.mean");
  }

  /** Damage of the program or of the attributes may only show in the engine: it refuses too. */
  @Test
  void aProgramThatTheEngineCannotReadIsRefused() throws IOException {
    byte[] module = ModuleFile.dense(4, 2).forward("return torch.nothing(x").bytes();
    Network network = Networks.open(file(module).toString());
    ImageSet images = new ImageSet(new byte[4], new byte[1], 1, 2, 2, 2);
    assertThatThrownBy(() -> network.build(images))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(
            "network toy.pt must be one that the engine can load and save, got: ");
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] whole = ModuleFile.dense(4, 2).bytes();
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> ScriptArchive.read(part))
          .as("%d bytes", length)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
