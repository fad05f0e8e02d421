package org.bitloom.data;

import java.util.List;
import java.util.Optional;
import org.bitloom.images.DecodedFolder;
import org.bitloom.images.SixteenBits;
import org.bitloom.images.choice.SampleRange;

/**
 * What is known of the files that a data set was read from.
 *
 * @param isKnown whether its bytes are those of a set that many have looked at
 * @param trainNames of the image files, in the order of the samples; empty = there is no file each
 * @param testNames likewise
 * @param train what training images of 16 bits per sample use
 * @param test what test images of 16 bits per sample use
 * @param range of 16-bit samples that became 0..255; empty = all of it
 */
public record Origin(
    boolean isKnown,
    List<String> trainNames,
    List<String> testNames,
    SixteenBits train,
    SixteenBits test,
    Optional<SampleRange> range) {
  static final Origin KNOWN = withoutNames(true);
  static final Origin OF_USER = withoutNames(false);

  public Origin {
    trainNames = List.copyOf(trainNames);
    testNames = List.copyOf(testNames);
  }

  private static Origin withoutNames(boolean isKnown) {
    return new Origin(
        isKnown, List.of(), List.of(), SixteenBits.NONE, SixteenBits.NONE, Optional.empty());
  }

  static Origin of(DecodedFolder folder) {
    return new Origin(
        false,
        folder.train().names(),
        folder.test().names(),
        folder.train().sixteenBits(),
        folder.test().sixteenBits(),
        folder.range());
  }
}
