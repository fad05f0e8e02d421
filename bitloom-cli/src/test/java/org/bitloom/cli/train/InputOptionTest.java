package org.bitloom.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.bitloom.cli.Captured;
import org.bitloom.cli.FakeLibrary;
import org.bitloom.settings.InputConversion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputOptionTest {
  @TempDir private Path root;
  private final FakeLibrary library = new FakeLibrary(true, null);

  private Captured train(FakeLibrary asked, String... words) {
    return Captured.run(
        asked, 0, Stream.concat(Stream.of("train"), Stream.of(words)).toArray(String[]::new));
  }

  private void start(String how) {
    String out = root.resolve("run").toString();
    assertThat(train(library, "--input", how, "--out", out).exitCode()).isZero();
  }

  @Test
  void aRunIsFedAsItWasTold() {
    start("0.485:0.456:0.406,0.229:0.224:0.225");
    assertThat(library.asked.data().input())
        .isEqualTo(InputConversion.parse("0.485:0.456:0.406,0.229:0.224:0.225"));
  }

  @Test
  void aRunGoesOnWithTheInputItBeganWith() {
    start("unit");
    FakeLibrary recorded = new FakeLibrary(true, library.asked);
    assertThat(train(recorded, "--resume", "x", "--input", "unit").exitCode()).isZero();
    Captured refused = train(recorded, "--resume", "x", "--input", "raw");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .startsWith("bitloom: --input must be unit as recorded in x, got raw; ");
  }

  @Test
  void aWordThatIsNoInputIsWrongUsage() {
    Captured refused = train(library, "--input", "normal");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("input must be mean-image, unit, raw, or MEAN,DEVIATION");
  }
}
