package org.bitloom.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.bitloom.cli.Captured;
import org.bitloom.cli.FakeLibrary;
import org.bitloom.images.choice.ImageSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageOptionsTest {
  @TempDir private Path root;
  private final FakeLibrary library = new FakeLibrary(true, null);

  private Captured train(FakeLibrary asked, String... words) {
    return Captured.run(
        asked, 0, Stream.concat(Stream.of("train"), Stream.of(words)).toArray(String[]::new));
  }

  @Test
  void aRunReadsImagesAsItWasTold() {
    String out = root.resolve("run").toString();
    Captured done =
        train(
            library,
            "--resize",
            "64x48",
            "--range",
            "train",
            "--split",
            "0.2:7",
            "--out",
            out,
            "--data",
            root.toString());
    assertThat(done.exitCode()).isZero();
    ImageSettings images = library.asked.data().images();
    assertThat(images.size()).hasToString("Optional[64x48]");
    assertThat(images.range()).hasToString("Optional[train]");
    assertThat(images.split()).hasToString("Optional[0.2:7]");
    FakeLibrary recorded = new FakeLibrary(true, library.asked);
    assertThat(train(recorded, "--resume", "x", "--resize", "64x48").exitCode()).isZero();
    Captured refused = train(recorded, "--resume", "x", "--resize", "32x32");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .startsWith("bitloom: --resize must be 64x48 as recorded in x, got 32x32; ");
  }

  @Test
  void wrongWordsAreWrongUsage() {
    assertThat(train(library, "--resize", "64").err()).contains("must be WIDTHxHEIGHT");
    assertThat(train(library, "--range", "full").err()).contains("range must be train, or");
    Captured refused = train(library, "--split", "20");
    assertThat(refused.err()).contains("split must be the share");
    assertThat(refused.exitCode()).isEqualTo(2);
  }
}
