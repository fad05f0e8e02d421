package org.bitloom.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;

final class FoldTest {
  @Test
  void aTextThatFitsStaysAsItIs() {
    assertThat(Fold.line("model  runs/a/model.safetensors", 31)).hasSize(1);
    assertThat(Fold.line("", 10)).containsExactly("");
    assertThat(Fold.line("  in a folder", 80)).containsExactly("  in a folder");
  }

  @Test
  void theValueBehindALabelIsIndentedToItsColumn() {
    assertThat(Fold.line("speed          48000 images/s: engine 79.0 %, update 20.0 %", 45))
        .containsExactly(
            "speed          48000 images/s: engine 79.0 %,", " ".repeat(15) + "update 20.0 %");
  }

  @Test
  void aLineOfPartsIsFoldedAtAGap() {
    assertThat(Fold.line("epoch 10/10  loss 0.2500  train 90.00 %  test 97.81 %", 48))
        .containsExactly(
            "epoch 10/10  loss 0.2500  train 90.00 %", " ".repeat(13) + "test 97.81 %");
  }

  @Test
  void wordsAreNeverBrokenAndPathsStayWhole() {
    String path = "/a/very/long/path/that/fits/no/line";
    assertThat(Fold.line("bitloom: " + path + " must exist; correct it", 20))
        .containsExactly("bitloom: " + path, "  must exist;", "  correct it");
    assertThat(Fold.line("watch     " + path, 20)).containsExactly("watch     " + path);
  }

  @Test
  void anIndentedLineGoesOnFurtherIn() {
    assertThat(Fold.line("  adam 3x9e-4, batch 64, seed 1", 20))
        .containsExactly("  adam 3x9e-4, batch", "    64, seed 1");
  }

  @Test
  void piecesStayWhole() {
    assertThat(Fold.pieces(List.of("epoch 1/5", "loss 0.5", "train 90.00 %"), 24))
        .containsExactly("epoch 1/5  loss 0.5", "  train 90.00 %");
    assertThat(Fold.pieces(List.of("longer than the line"), 5))
        .containsExactly("longer than the line");
  }

  @Test
  void nothingIsLostAndEveryFoldEndsWhateverTheTextAndTheWidth() {
    SplittableRandom random = Seeds.random();
    for (int i = 0; i < 2000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(60); n > 0; n--) {
        text.append(" x  %字\u0301".charAt(random.nextInt(7)));
      }
      int columns = 1 + random.nextInt(40);
      String joined = String.join("", Fold.line(text.toString(), columns));
      assertThat(joined.replace(" ", "")).isEqualTo(text.toString().replace(" ", ""));
    }
  }
}
