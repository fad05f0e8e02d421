package org.bitloom.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bitloom.cli.Captured;
import org.bitloom.cli.FakeLibrary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows what a model, here one that knows cats only, takes images for. */
final class PredictCommandTest {
  @TempDir private Path folder;
  private final FakeLibrary library = new FakeLibrary(true, null);

  @BeforeEach
  void anyFileWillDo() throws IOException {
    Files.createFile(folder.resolve("model.safetensors"));
  }

  private Captured predict(String... words) {
    String[] all = new String[words.length + 2];
    all[0] = "predict";
    all[1] = folder.toString();
    System.arraycopy(words, 0, all, 2, words.length);
    return Captured.run(library, 0, all);
  }

  @Test
  void aLineForEachImageNamesTheMostProbableClassesFirst() {
    Captured result = predict("a.png", "b.jpg");
    assertThat(result.out())
        .isEqualTo("a.png  cat 75.00 %, dog 25.00 %\nb.jpg  cat 75.00 %, dog 25.00 %\n");
    assertThat(result.exitCode()).isZero();
    assertThat(predict("a.png", "--top", "1").out()).isEqualTo("a.png  cat 75.00 %\n");
    assertThat(library.evaluated.model()).isEqualTo(folder.resolve("model.safetensors"));
  }

  @Test
  void anImageThatCannotBeReadIsNamedAndTheOthersAreAnswered() {
    Captured result = predict("absent.png", "b.png");
    assertThat(result.err()).isEqualTo("bitloom: absent.png: no such file\n");
    assertThat(result.out()).startsWith("b.png  cat");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void jsonHoldsEveryImageInOrder() {
    Captured result = predict("absent.png", "b.png", "--json", "--top", "1");
    assertThat(result.out().strip())
        .endsWith(
            "\"images\":[{\"image\":\"absent.png\",\"error\":\"no such file\"},"
                + "{\"image\":\"b.png\",\"class\":\"cat\",\"label\":0,\"probability\":0.75,"
                + "\"classes\":[{\"class\":\"cat\",\"label\":0,\"probability\":0.75}]}]}");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void wrongUsageIsRefused() {
    assertThat(predict().exitCode()).isEqualTo(2);
    assertThat(predict("a.png", "--top", "0").exitCode()).isEqualTo(2);
    assertThat(Captured.run(library, 0, "predict", folder + "/none", "a.png").exitCode())
        .isEqualTo(1);
  }
}
