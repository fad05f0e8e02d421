package org.bitloom.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bitloom.cli.Captured;
import org.bitloom.cli.FakeLibrary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goes on with runs whose data and files lie elsewhere now, or are named in another way. */
final class ResumeElsewhereTest {
  @TempDir private Path root;
  private Path data;
  private FakeLibrary library;

  @BeforeEach
  void beginARunOnAFolder() throws IOException {
    data = Files.createDirectory(root.resolve("data"));
    FakeLibrary first = new FakeLibrary(true, null);
    assertThat(train(first, "--data", data.toString(), "--out", run()).exitCode()).isZero();
    library = new FakeLibrary(true, first.asked);
  }

  private String run() {
    return root.resolve("run").toString();
  }

  private static Captured train(FakeLibrary library, String... options) {
    String[] words = new String[options.length + 1];
    words[0] = "train";
    System.arraycopy(options, 0, words, 1, options.length);
    return Captured.run(library, 0, words);
  }

  @Test
  void aFolderThatTheDataWereMovedToIsHandedOn() throws IOException {
    Path moved = Files.move(data, root.resolve("moved"));
    Captured resumed = train(library, "--resume", run(), "--data", moved.toString());
    assertThat(resumed.exitCode()).isZero();
    assertThat(library.where.data()).hasValue(moved.toString());
  }

  @Test
  void aSetThatIsKnownByNameCannotBecomeAnother() {
    FakeLibrary first = new FakeLibrary(true, null);
    train(first, "--out", root.resolve("mnist").toString());
    FakeLibrary mnist = new FakeLibrary(true, first.asked);
    Captured refused = train(mnist, "--resume", "x", "--data", "fashion-mnist");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).startsWith("bitloom: --data must be mnist as recorded in x, got ");
    assertThat(train(mnist, "--resume", "x", "--data", data.toString()).exitCode()).isZero();
    assertThat(mnist.where.data()).hasValue(data.toString());
  }

  @Test
  void aNetworkToStartFromIsToldByItsContentAndNotByItsPath() throws IOException {
    Path file = Files.writeString(root.resolve("model.safetensors"), "abc");
    FakeLibrary first = new FakeLibrary(true, null);
    train(first, "--init-from", file.toString(), "--out", run());
    FakeLibrary recorded = new FakeLibrary(true, first.asked);
    assertThat(train(recorded, "--resume", "x", "--init-from", file.toString()).exitCode())
        .isZero();
    assertThat(train(recorded, "--resume", "x", "--init-from", root.toString()).exitCode())
        .as("the same file, by the folder of its run")
        .isZero();
    Path other = Files.writeString(root.resolve("other.safetensors"), "abcd");
    Captured refused = train(recorded, "--resume", "x", "--init-from", other.toString());
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .startsWith("bitloom: --init-from must be " + file + " (SHA-256 ")
        .contains(" as recorded in x, got " + other + " (");
  }

  @Test
  void aModuleIsToldByItsContentAndNotByItsPath() throws IOException {
    Path net = Files.writeString(root.resolve("net.pt"), "module");
    Path copy = Files.createDirectory(root.resolve("run")).resolve("network.pt");
    Files.copy(net, copy);
    assertThat(train(library, "--resume", run(), "--net", net.toString()).exitCode()).isZero();
    Files.writeString(net, "another");
    Captured refused = train(library, "--resume", run(), "--net", net.toString());
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).startsWith("bitloom: --net must be lenet300 as recorded in ");
  }
}
