package org.bitloom.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bitloom.cli.Captured;
import org.bitloom.io.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes the data set that lies in the program as files. */
final class ExportSetTest {
  private static final String TEST_IMAGES =
      "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7";

  @TempDir private Path empty;

  @Test
  void theBundledSetIsWrittenToTheBytesOfItsPublisher() {
    Path folder = empty.resolve("mnist");
    Captured result = Captured.run("data export mnist -o " + folder);
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .startsWith("mnist: 60000 + 10000 images, 10 classes, in " + folder + "\n  classes 0, 1")
        .contains("  " + TEST_IMAGES + "  " + folder.resolve("t10k-images-idx3-ubyte") + "\n");
    assertThat(Captured.run("data verify mnist --data-dir " + folder).out()).contains(", good\n");
    Captured json = Captured.run("data export mnist --overwrite --json --png 2 -o " + folder);
    Map<?, ?> object = (Map<?, ?>) Json.parse(json.out().strip());
    assertThat((List<?>) object.get("files")).hasSize(6);
    assertThat(folder.resolve("0-7.png")).exists();
  }

  @Test
  void olderFilesAndWhatIsNoFolderAreRefused() throws IOException {
    Path older = Files.writeString(empty.resolve("train-labels-idx1-ubyte"), "mine");
    Captured kept = Captured.run("data export mnist -o " + empty);
    assertThat(kept.err())
        .isEqualTo(
            "bitloom: files to write must not exist yet, found "
                + older
                + "; choose another folder, or give --overwrite\n");
    assertThat(kept.exitCode()).isEqualTo(2);
    assertThat(older).hasContent("mine");
    assertThat(Captured.run("data export mnist --png -1 -o " + empty).exitCode()).isEqualTo(2);
    Captured file = Captured.run("data export mnist -o " + older);
    assertThat(file.err()).contains("-o must be a folder, got the file " + older);
    assertThat(file.exitCode()).isEqualTo(2);
  }
}
