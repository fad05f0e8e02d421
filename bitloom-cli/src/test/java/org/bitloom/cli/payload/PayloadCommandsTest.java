package org.bitloom.cli.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bitloom.bits.BitMask;
import org.bitloom.cli.Captured;
import org.bitloom.cli.FakeLibrary;
import org.bitloom.io.Json;
import org.bitloom.io.ModelFile;
import org.bitloom.model.Architecture;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.Normalization;
import org.bitloom.model.Task;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PayloadCommandsTest {
  private static final String TEXT = "A licence of a few words.\n";
  private static final String SHA256 =
      "f5355864225076b3d51ebacdf1141b8f447bdbe24a6953e4b1ddceeb4a4c0caa";

  @TempDir private Path folder;
  private Path model;
  private Path file;
  private Path filled;

  @BeforeEach
  void writeFiles() throws IOException {
    model = write("model.safetensors", 32, "top3");
    file = Files.writeString(folder.resolve("licence.txt"), TEXT);
    filled = folder.resolve("filled.safetensors");
  }

  private Path write(String name, int depth, String mask) throws IOException {
    int all = -1 >>> (32 - depth);
    int[] codes = Seeds.random().ints(200).map(code -> code & all).toArray();
    BitTensor weight =
        new BitTensor("w", List.of(2, 100), BitMask.parse(mask).at(depth), 0.5f, codes);
    Path path = folder.resolve(name);
    Normalization none = Normalization.none(100);
    ModelFile.write(
        path,
        new BitModel(
            Architecture.opaque("lenet300"),
            new Task(List.of(1, 10, 10), none, 2),
            List.of(weight),
            Map.of()));
    return path;
  }

  private Captured run(String... words) {
    return Captured.run(new FakeLibrary(true, null), 0, words);
  }

  private Captured embed(String... options) {
    String[] words = new String[5 + options.length];
    words[0] = "embed";
    words[1] = model.toString();
    words[2] = file.toString();
    words[3] = "-o";
    words[4] = filled.toString();
    System.arraycopy(options, 0, words, 5, options.length);
    return run(words);
  }

  private static Map<?, ?> object(Captured result) {
    assertThat(result.err()).isEmpty();
    return (Map<?, ?>) Json.parse(result.out().strip());
  }

  @Test
  void whatIsEmbeddedIsExtractedAndDescribed() throws IOException {
    Map<?, ?> embedded = object(embed("--json", "--data", "mnist"));
    assertThat(embedded.get("name")).isEqualTo("licence.txt");
    assertThat(embedded.get("bytes")).isEqualTo(26L);
    assertThat(embedded.get("containerBytes")).isEqualTo(92L + 11 + 26 + 4);
    assertThat(embedded.get("capacity")).isEqualTo(725L);
    assertThat(embedded.get("accuracyBefore")).isEqualTo(0.9781);
    assertThat(embedded.get("accuracyAfter")).isEqualTo(0.9781);

    Path out = folder.resolve("out.txt");
    Map<?, ?> extracted = object(run("extract", filled.toString(), "-o", out.toString(), "--json"));
    assertThat(out).hasContent(TEXT);
    Map<?, ?> info = object(run("payload", "info", filled.toString(), "--json"));
    for (Map<?, ?> found : List.of(extracted, info)) {
      assertThat(found.get("name")).isEqualTo("licence.txt");
      assertThat(found.get("bytes")).isEqualTo(26L);
      assertThat(found.get("sha256")).isEqualTo(SHA256);
      assertThat(found.get("encrypted")).isEqualTo(false);
    }
  }

  @Test
  void embeddingAndScrubbingChangeFreePlanesOnly() throws IOException {
    embed();
    Path scrubbed = folder.resolve("scrubbed.safetensors");
    Captured scrub = run("scrub", filled.toString(), "-o", scrubbed.toString(), "--data", "mnist");

    assertThat(scrub.out())
        .contains("redrawn     5800 free bits")
        .contains("97.81 % before, 97.81 % after");
    BitTensor before = (BitTensor) ModelFile.read(model).tensors().get(0);
    for (Path changed : List.of(filled, scrubbed)) {
      BitTensor after = (BitTensor) ModelFile.read(changed).tensors().get(0);
      for (int i = 0; i < before.size(); i++) {
        assertThat(after.code(i) >>> 29).isEqualTo(before.code(i) >>> 29);
      }
    }
    Captured gone = run("extract", scrubbed.toString(), "-o", "-");
    assertThat(gone.err()).contains("must begin with a container, found none");
    assertThat(gone.exitCode()).isEqualTo(1);
  }

  @Test
  void stdoutGetsTheFileAndNothingElse() {
    embed("--ecc");
    Captured result = run("extract", filled.toString(), "-o", "-");
    assertThat(result.out()).isEqualTo(TEXT);
    assertThat(result.err()).isEmpty();
    assertThat(run("extract", filled.toString(), "-o", "-", "--json").exitCode()).isEqualTo(2);
  }

  @Test
  void nothingIsOverwrittenSilently() throws IOException {
    embed();
    assertThat(embed().err()).contains("-o must not exist yet, found").contains("--overwrite");
    assertThat(embed().exitCode()).isEqualTo(2);
    assertThat(embed("--overwrite").exitCode()).isZero();
    Path out = Files.writeString(folder.resolve("out.txt"), "old");
    assertThat(run("extract", filled.toString(), "-o", out.toString()).exitCode()).isEqualTo(2);
    assertThat(out).hasContent("old");
    assertThat(run("extract", filled.toString(), "-o", folder.toString()).err())
        .contains("must be a file, got the folder");
    assertThat(run("scrub", filled.toString(), "-o", folder + "/none/x").err())
        .contains("must lie in a folder that exists");
  }

  @Test
  void anEncryptedPayloadNeedsItsPassphrase() throws IOException {
    Path right = Files.writeString(folder.resolve("right"), "geheim\n");
    Path wrong = Files.writeString(folder.resolve("wrong"), "secret\n");
    Path out = folder.resolve("out.txt");
    embed("--compress", "--passphrase-file", right.toString());

    Captured none = run("extract", filled.toString(), "-o", out.toString());
    Captured other =
        run("extract", filled.toString(), "-o", out + "", "--passphrase-file", wrong.toString());

    assertThat(none.err()).contains("a key must be given, got none").contains("--identity-file");
    assertThat(other.err()).contains("the key given does not open it");
    assertThat(List.of(none.exitCode(), other.exitCode())).containsOnly(1);
    assertThat(out).doesNotExist();
    Map<?, ?> hidden = object(run("payload", "info", filled.toString(), "--json"));
    assertThat(hidden.get("name")).isNull();
    assertThat(hidden.get("encrypted")).isEqualTo(true);
    Path raw = folder.resolve("raw.age");
    run("extract", filled.toString(), "--raw", "-o", raw.toString());
    assertThat(run("extract", raw + "", "-o", "-", "--passphrase-file", right + "").out())
        .isEqualTo(TEXT);
  }

  @Test
  void aDamagedModelFileStillGivesItsPayloadAndSaysSo() throws IOException {
    embed();
    byte[] bytes = Files.readAllBytes(filled);
    bytes[bytes.length - 1] ^= 0x40; // a trained bit of the last weight
    Files.write(filled, bytes);

    Captured whole = run("extract", filled.toString(), "-o", "-");
    assertThat(whole.out()).isEqualTo(TEXT);
    assertThat(whole.err()).contains("model file is damaged").contains("the payload is whole");
    assertThat(run("scan", filled.toString()).out()).contains("model file is damaged");

    bytes[bytes.length - 800] ^= 1; // bit 0 of the first weight: the container's first bit
    Files.write(filled, bytes);
    Captured damaged = run("extract", filled.toString(), "-o", "-");
    assertThat(damaged.out()).isEmpty();
    assertThat(damaged.err())
        .contains("model file is damaged")
        .contains("payload is damaged: header must match its checksum");
    assertThat(damaged.exitCode()).isEqualTo(1);
  }

  @Test
  void scanShowsPlanesAndWhetherThereIsAContainer() {
    assertThat(run("scan", model.toString()).out())
        .contains(
            "container  absent", "\nverdict    nothing to see: no container, and all 29 free");
    embed();
    assertThat(run("scan", filled.toString()).out())
        .contains("container  plain")
        .endsWith("\nverdict    a file lies in the free bits, and anybody can extract it\n")
        .containsPattern("sign +trained ")
        .containsPattern(" 28 +free ");
    Map<?, ?> object = object(run("scan", filled.toString(), "--json"));
    assertThat(object.get("container")).isEqualTo("plain");
    assertThat((String) object.get("verdict")).startsWith("a file lies");
    Map<?, ?> plane = (Map<?, ?>) ((List<?>) object.get("planes")).get(31);
    assertThat(plane.get("free")).isEqualTo(false);
    assertThat(plane.get("chiSquare")).isNull();
  }

  @Test
  void capacityIsToldOfModelsAndOfNetworksBeforeTraining() {
    Map<?, ?> capacity = object(run("capacity", model.toString(), "--json"));
    assertThat(capacity.get("bits")).isEqualTo(5800L);
    assertThat(capacity.get("bytes")).isEqualTo(725L);
    assertThat(capacity.get("share")).isEqualTo(0.90625);
    assertThat(run("capacity", "--net", "lenet300", "--bits", "32", "--mask", "top3").out())
        .contains("free bits  7719800", "bytes      964975", "share      90.63 %");
  }

  @ParameterizedTest(name = "capacity {0}")
  @CsvSource({
    "'', must be asked of a model file or of --net",
    "--bits 8, must be asked of a model file or of --net",
    "--net lenet300 --bits 40, depth must be 1..32",
    "--net nothing, network must be one of",
    "--net lenet300 --image 3, image must have three dimensions",
    "--net lenet300 --image axb, image must be CxHxW"
  })
  void capacityOfNothingIsWrongUsage(String options, String message) {
    Captured result = Captured.run(("capacity " + options).strip());
    assertThat(result.err()).contains(message);
    assertThat(result.exitCode()).isEqualTo(2);
  }

  @Test
  void whatCannotBeEmbeddedIsRefusedWithTheNumbers() throws IOException {
    Files.write(file, new byte[725 - 92 - 11 - 4]);
    assertThat(embed().exitCode()).isZero();
    Files.write(file, new byte[725 - 92 - 11 - 4 + 1]);
    assertThat(embed("--overwrite").err())
        .contains("must fit into the 725 bytes of free bits, needs 726", "(1 too many)");
    Files.write(file, new byte[0]);
    assertThat(embed("--overwrite").err()).contains("must have at least 1 byte");
    Files.delete(file);
    assertThat(embed("--overwrite").err()).contains("licence.txt must exist");
    Files.writeString(file, TEXT);
    model = write("full.safetensors", 6, "all");
    assertThat(embed("--overwrite").err()).contains("must have frozen bits to hold a payload");
    assertThat(run("extract", model.toString(), "-o", "-").err()).contains("frozen bits");
  }

  @Test
  void optionsThatExcludeEachOtherAreRefused() throws IOException {
    Path key = Files.writeString(folder.resolve("key"), "# nothing\n");
    assertThat(embed("--encrypt", "--recipient", "age1x").err())
        .contains("by a passphrase or for recipients, got both");
    assertThat(embed("--recipient", "age1x").err()).contains("must be a public key age1...");
    embed();
    String[] both = {"--passphrase-file", key + "", "--identity-file", key + ""};
    assertThat(run("payload", "info", filled + "", both[0], both[1], both[2], both[3]).err())
        .contains("key must be one");
    assertThat(run("payload").err()).contains("payload must be told what to do: info");
  }
}
