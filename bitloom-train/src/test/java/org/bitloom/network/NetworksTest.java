package org.bitloom.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bitloom.data.ImageSet;
import org.bitloom.error.UsageException;
import org.bitloom.io.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworksTest {
  private static ImageSet images(int height, int width) {
    return new ImageSet(new byte[3 * height * width], new byte[1], 3, height, width, 7);
  }

  @Test
  void aKnownNetworkFitsTheImages() {
    assertThat(Networks.graph("conv6", images(8, 9)).inputShape()).containsExactly(3, 8, 9);
    assertThat(Networks.graph("conv6", images(8, 9)).classes()).isEqualTo(7);
  }

  @Test
  void imagesThatVanishInThePoolsAreRefused() {
    assertThatThrownBy(() -> Networks.graph("conv6", images(8, 7)))
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

  @Test
  void aFileThatIsNoNetworkIsNamedWithWhereItGoes(@TempDir Path folder) throws IOException {
    Path weights = folder.resolve("weights.safetensors");
    Safetensors.write(weights, Map.of(), List.of());
    assertThatThrownBy(() -> Networks.checkName(weights.toString()))
        .isInstanceOfSatisfying(
            UsageException.class, e -> assertThat(e.hint()).contains("go to --init-from"))
        .hasMessageEndingWith("weights.safetensors', weights in safetensors");
    Path onnx = Files.write(folder.resolve("net.onnx"), new byte[] {8, 7, 0x12, 1, 'x'});
    assertThatThrownBy(() -> Networks.checkName(onnx.toString()))
        .isInstanceOfSatisfying(
            UsageException.class, e -> assertThat(e.hint()).contains("torch.jit.script"))
        .hasMessageEndingWith("an ONNX network");
  }
}
