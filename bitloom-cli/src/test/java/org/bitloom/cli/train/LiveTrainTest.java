package org.bitloom.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.bitloom.cli.Captured;
import org.bitloom.cli.FakeLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code train} shows on a terminal. */
final class LiveTrainTest {
  private static final String ERASE_LINE = "\u001b[K";
  private static final String ERASE_BELOW = "\u001b[J";

  @TempDir private Path root;

  private String train(int columns) {
    String out = root.resolve("run").toString();
    return Captured.run(new FakeLibrary(true, null), columns, "train", "--out", out).err();
  }

  @Test
  void theRunIsToldInShortLinesAndALiveLineIsOverwritten() {
    assertThat(train(200))
        .isEqualTo(
            """
            training lenet300 on mnist, top3 of 6 bits, coupled
              adam 3x9e-4,1x9e-5,1x9e-6, batch 64, seed 1
              in %s
            """
                    .formatted(root.resolve("run"))
                + "epoch 1/1   3/10  loss 0.5000 ▁  train 75.00 %  2:05 left  20000 images/s"
                + ERASE_LINE
                + "\repoch 1/1   9/10  loss 0.4000 █▁  train 80.00 %  5 s left  20000 images/s"
                + ERASE_LINE
                + "\r"
                + ERASE_BELOW
                + "epoch 1/5  loss 0.2500  train 90.00 %  test 97.81 %  zeros 50.00 %  1.5 s\n");
  }

  @Test
  void inANarrowWindowTheLiveLineIsFoldedBetweenItsParts() {
    assertThat(train(35).replace(ERASE_LINE, ""))
        .contains("epoch 1/1   9/10  loss 0.4000 █▁\n  train 80.00 %  5 s left\n  20000 images/s");
  }
}
