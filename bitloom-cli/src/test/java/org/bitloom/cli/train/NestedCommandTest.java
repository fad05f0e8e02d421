package org.bitloom.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bitloom.cli.Captured;
import org.bitloom.cli.FakeLibrary;
import org.bitloom.settings.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nests a network from the command line. */
final class NestedCommandTest {
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir private Path root;
  private final FakeLibrary library = new FakeLibrary(true, null);

  private static Captured train(FakeLibrary library, String... options) {
    String[] words = new String[options.length + 1];
    words[0] = "train";
    System.arraycopy(options, 0, words, 1, options.length);
    return Captured.run(library, 0, words);
  }

  private String out() {
    return root.resolve("out").toString();
  }

  @Test
  void aRunCanCarryAModelAndGoOnWithItOnly() throws IOException {
    Path file = Files.writeString(root.resolve("model.safetensors"), "abc");
    Captured started = train(library, "--out", out(), "--nested", file.toString());
    assertThat(started.exitCode()).isZero();
    assertThat(started.err()).contains(", seed 1, around " + file + ", in ");
    assertThat(library.asked.nested()).contains(new Nested(file.toString(), ABC));
    FakeLibrary recorded = new FakeLibrary(true, library.asked);
    assertThat(train(recorded, "--resume", "x", "--nested", file.toString()).exitCode()).isZero();
    Path copy = Files.copy(file, root.resolve("copy.safetensors"));
    assertThat(train(recorded, "--resume", "x", "--nested", copy.toString()).exitCode()).isZero();
    Path changed = Files.writeString(root.resolve("changed.safetensors"), "abd");
    Captured other = train(recorded, "--resume", "x", "--nested", changed.toString());
    assertThat(other.err())
        .startsWith("bitloom: --nested must be " + file + " (SHA-256 ")
        .contains(" as recorded in x, got " + changed);
    assertThat(other.exitCode()).isEqualTo(2);
    train(library, "--out", out(), "--nested", root.toString());
    assertThat(library.asked.nested()).contains(new Nested(root.toString(), ABC));
  }

  @Test
  void aModelMustBeThereAndFinished() {
    Captured missing = train(library, "--out", out(), "--nested", root.resolve("none").toString());
    assertThat(missing.err()).startsWith("bitloom: " + root.resolve("none") + " must exist");
    assertThat(missing.exitCode()).isEqualTo(1);
    Captured unfinished = train(library, "--out", out(), "--nested", root.toString());
    assertThat(unfinished.err())
        .startsWith("bitloom: a run to nest must be finished, " + root + " holds no model");
    assertThat(unfinished.exitCode()).isEqualTo(2);
    assertThat(library.asked).isNull();
  }

  @Test
  void floatsCarryNothing() {
    Captured refused = train(library, "--out", out(), "--float", "--nested", "x");
    assertThat(refused.err())
        .startsWith("bitloom: --float trains no bits, so it must stand without --nested, got both");
    assertThat(refused.exitCode()).isEqualTo(2);
  }
}
