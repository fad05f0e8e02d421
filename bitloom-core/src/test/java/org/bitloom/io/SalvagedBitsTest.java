package org.bitloom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bitloom.model.BitTensor;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SalvagedBitsTest {
  @TempDir private Path folder;
  private Path path;
  private BitTensor bits;
  private byte[] whole;

  @BeforeEach
  void writeModel() throws IOException {
    path = folder.resolve("model.safetensors");
    bits = Models.bits(Seeds.random(), "w", 12, List.of(4, 9));
    ModelFile.write(path, Models.model(Seeds.random(), 9, 4, List.of(bits)));
    whole = Files.readAllBytes(path);
  }

  @Test
  void aWholeFileIsReadAsItIs() throws IOException {
    SalvagedBits read = SalvagedBits.read(path);

    assertThat(read.damage()).isEmpty();
    assertThat(read.tensors()).containsExactly(bits);
  }

  @Test
  void damagedBitsAndScalesAreReadWithTheReason() throws IOException {
    byte[] damaged = whole.clone();
    Arrays.fill(damaged, damaged.length - 76, damaged.length - 70, (byte) 0xFF);
    Files.write(path, damaged);

    SalvagedBits read = SalvagedBits.read(path);

    assertThat(read.damage().orElseThrow()).contains("sha256 of the file must be");
    assertThat(read.tensors().get(0).code(0)).isEqualTo(0xFFF);
    assertThat(read.tensors().get(0).code(9)).isEqualTo(bits.code(9));
  }

  @Test
  void aFileThatLostItsFormIsRefused() throws IOException {
    Files.write(path, Arrays.copyOf(whole, whole.length - 1));
    assertThatThrownBy(() -> SalvagedBits.read(path)).isInstanceOf(CorruptFileException.class);
    byte[] damaged = whole.clone();
    damaged[9] ^= 1;
    Files.write(path, damaged);
    assertThatThrownBy(() -> SalvagedBits.read(path)).isInstanceOf(CorruptFileException.class);
  }
}
