package org.bitloom.cli.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bitloom.bits.BitMask;
import org.bitloom.cli.Captured;
import org.bitloom.cli.FakeLibrary;
import org.bitloom.io.ModelFile;
import org.bitloom.model.Architecture;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.Normalization;
import org.bitloom.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payloads for the holders of keys, and the files in which keys are given. */
final class IdentityFileTest {
  @TempDir private Path folder;
  private KeyPair owner;
  private Path filled;

  @BeforeEach
  void embedForTheOwner() throws Exception {
    owner = new X25519KeyPairGenerator().generateKeyPair();
    Path file = Files.writeString(folder.resolve("licence.txt"), "terms");
    filled = folder.resolve("filled.safetensors");
    Captured embedded =
        run("embed", model() + "", file + "", "-o", filled + "", "--recipient", text(owner, true));
    assertThat(embedded.exitCode()).as(embedded.err()).isZero();
  }

  private Path model() throws IOException {
    int[] codes = new SplittableRandom(1).ints(400).toArray();
    BitTensor weight = new BitTensor("w", List.of(4, 100), BitMask.top(3).at(32), 0.5f, codes);
    Path path = folder.resolve("model.safetensors");
    Task task = new Task(List.of(1, 10, 10), Normalization.none(100), 4);
    ModelFile.write(
        path, new BitModel(Architecture.opaque("own"), task, List.of(weight), Map.of()));
    return path;
  }

  private static String text(KeyPair pair, boolean open) {
    Key key = open ? pair.getPublic() : pair.getPrivate();
    return new String(key.getEncoded(), StandardCharsets.US_ASCII);
  }

  private static Captured run(String... words) {
    return Captured.run(new FakeLibrary(true, null), 0, words);
  }

  private Captured extract(String keys) throws IOException {
    Path file = Files.writeString(folder.resolve("keys"), keys);
    return run(
        "extract", filled + "", "-o", folder.resolve("out") + "", "--identity-file", file + "");
  }

  @Test
  void theOwnersFileOpensThePayload() throws IOException {
    assertThat(extract("# mine\r\n" + text(owner, false) + "\r\n").exitCode()).isZero();
    assertThat(folder.resolve("out")).hasContent("terms");
    Files.delete(folder.resolve("out"));
    assertThat(extract("\uFEFF" + text(owner, false)).exitCode()).isZero();
  }

  @Test
  void aWrongIdentityFileIsToldSoWithoutAWordOfPassphrases() throws Exception {
    KeyPair stranger = new X25519KeyPairGenerator().generateKeyPair();
    Captured wrong = extract(text(stranger, false));
    assertThat(wrong.exitCode()).isEqualTo(1);
    assertThat(wrong.err())
        .contains("encrypted for recipients of the kind 1 x X25519, and none of the 1 identities")
        .contains("give the identity file of one of its recipients")
        .doesNotContain("passphrase");
  }

  @Test
  void aFileOfOtherBytesIsNoIdentityFile() throws IOException {
    Path file = Files.write(folder.resolve("utf16"), "AGE".getBytes(StandardCharsets.UTF_16));
    Captured wrong = run("payload", "info", filled + "", "--identity-file", file + "");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("line 1 is not one");
  }
}
