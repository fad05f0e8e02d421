package org.bitloom.images;

import java.util.List;
import org.bitloom.error.FailureException;
import org.bitloom.images.DecodedFolder.BadImage;
import org.bitloom.images.choice.Preparation;
import org.bitloom.images.choice.SampleRange;

/** Finds the range that the 16-bit samples of training images use. */
final class SixteenBitRange {
  private static final int BITS = 16;

  private SixteenBitRange() {}

  /**
   * Checks that a range makes sense.
   *
   * @throws FailureException if an image has not 16 bits per sample
   */
  static void check(List<InspectedImage> images) {
    List<BadImage> others =
        images.stream()
            .filter(image -> image.bits() != BITS)
            .map(image -> new BadImage(image.source().name(), image.bits() + " bits"))
            .toList();
    if (!others.isEmpty()) {
      throw new FailureException(
          "a range must be taken of images that all have 16 bits per sample, found "
              + others.size()
              + " of "
              + images.size()
              + " with less: "
              + BadImage.list(others),
          "leave out --range, or convert the images");
    }
  }

  /**
   * Decodes the images and looks at what they use; bad ones are passed over.
   *
   * @throws FailureException if all samples are alike
   */
  static SampleRange of(List<InspectedImage> images) {
    SixteenBits.Gathered used = new SixteenBits.Gathered();
    long read =
        images.parallelStream()
            .filter(image -> image.problem().isEmpty())
            .filter(image -> look(image, used))
            .count();
    SixteenBits facts = used.facts();
    if (read > 0 && facts.low() == facts.high()) {
      throw new FailureException(
          "training images must have samples that differ to have a range, found all of them "
              + facts.low(),
          "leave out --range, or give it as LOW..HIGH");
    }
    // without a single readable image any range will do: the decoder refuses them all
    return read == 0 ? SampleRange.ALL : new SampleRange(facts.low(), facts.high());
  }

  /** Returns whether it could be decoded; whoever decodes it for good will say why not. */
  private static boolean look(InspectedImage image, SixteenBits.Gathered used) {
    try {
      return image.decode(Preparation.NONE, used).length > 0;
    } catch (BadImageException e) {
      return false;
    }
  }
}
