package org.bitloom.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.bitloom.cli.Captured;
import org.bitloom.cli.FakeLibrary;
import org.bitloom.cli.command.Library;
import org.bitloom.settings.RunName;
import org.bitloom.testkit.ModuleFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gives {@code --net} a file; one that is no network is one line and exit code 2. */
class OwnNetworkCommandTest {
  /** The zip archive without entries. */
  private static final byte[] EMPTY_ZIP = HexFormat.of().parseHex("504b0506" + "00".repeat(18));

  /** What {@code pickle.dumps({}, 2)} gives. */
  private static final byte[] PICKLE = HexFormat.of().parseHex("80027d71002e");

  @TempDir private Path root;

  private void assertRefused(byte[] file, String message) throws IOException {
    Path net = Files.write(root.resolve("net.pt"), file);
    Path out = root.resolve("run");
    Captured result =
        Captured.run(Library.REAL, 0, "train", "--net", net.toString(), "--out", out.toString());
    assertThat(result.err()).startsWith("bitloom: network must ").contains(message);
    assertThat(result.err().indexOf('\n')).isEqualTo(result.err().length() - 1);
    assertThat(result.out()).isEmpty();
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(out).doesNotExist();
  }

  @Test
  void filesOfAnotherKindAreRefusedByWhatTheyAre() throws IOException {
    assertRefused("import torch".getBytes(StandardCharsets.UTF_8), "file must be a zip archive");
    assertRefused(new byte[0], "it is empty; in Python: torch.jit.script(net).save('net.pt')");
    assertRefused(EMPTY_ZIP, "it is a zip archive of other things");
    assertRefused(PICKLE, "it is what torch.save writes: weights without a program");
  }

  @Test
  void modulesWithoutAnythingToTrainAreRefused() throws IOException {
    assertRefused(
        new ModuleFile("return x").frozen("weight", 2, 2).bytes(),
        "must have trainable weights of dense or convolution layers");
  }

  @Test
  void theFolderOfARunIsNamedAfterTheFile() throws IOException {
    Path net = Files.createFile(root.resolve("my net.pt"));
    FakeLibrary library = new FakeLibrary(true, null);
    Captured result =
        Captured.run(
            library, 0, "train", "--net", net.toString(), "--out", root.resolve("run").toString());
    assertThat(result.exitCode()).isZero();
    assertThat(library.asked.network()).isEqualTo(net.toString());
    assertThat(RunName.of(library.asked)).isEqualTo("my_net-mnist-6-111000-coupled-seed1");
  }
}
