package org.bitloom.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bitloom.io.ModelFile;
import org.bitloom.model.BitModel;
import org.bitloom.payload.FreeBits;
import org.bitloom.testkit.GoldenModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payloads in model files of earlier formats, whose parameters had other names. */
class EarlierModelTest {
  @TempDir private Path folder;

  private static byte[] extracted(BitModel model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Payloads.extract(FreeBits.of(model), AgeKey.passphrase("none"), out);
    return out.toByteArray();
  }

  @Test
  void whatAnEarlierVersionPutInComesOut() throws IOException {
    BitModel model = ModelFile.read(GoldenModels.model("format1/payload", folder));
    Path module = folder.resolve(GoldenModels.MODULE);
    GoldenModels.writeModule(module);

    assertThat(extracted(model)).isEqualTo(Files.readAllBytes(module));
  }

  @Test
  void anEarlierModelTakesAPayload() throws IOException {
    BitModel model = ModelFile.read(GoldenModels.model("format1/short", folder));
    byte[] content = Samples.content("random", 9_000);
    Path filled = folder.resolve("filled.safetensors");

    ModelFile.write(filled, Payloads.embed(model, Samples.file(content), Sealing.NONE, 1));

    assertThat(extracted(ModelFile.read(filled))).isEqualTo(content);
    assertThat(ModelFile.read(filled).graph()).isPresent();
  }
}
