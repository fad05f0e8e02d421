package org.bitloom.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bitloom.data.Finding.Kind;
import org.bitloom.images.SixteenBits;
import org.bitloom.images.choice.SampleRange;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;

final class DataReportTest {
  private static final int SIZE = 6;

  private final SplittableRandom random = Seeds.random("report");

  private byte[] noise(int images) {
    byte[] pixels = new byte[images * SIZE];
    random.nextBytes(pixels);
    return pixels;
  }

  private static ImageSet images(byte[] pixels, int classes, int... labels) {
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    return new ImageSet(pixels, bytes, 1, 2, 3, classes);
  }

  private static DataSet set(ImageSet train, ImageSet test) {
    return new DataSet("x", train, test, DataSet.numbered(train.classes()), "0");
  }

  private static List<Finding> findings(ImageSet train, ImageSet test) {
    return DataReport.of(set(train, test)).findings();
  }

  @Test
  void nothingIsFoundWhereAllIsWell() {
    assertThat(findings(images(noise(4), 2, 0, 1, 0, 1), images(noise(2), 2, 0, 1))).isEmpty();
  }

  @Test
  void imagesOfOneValueAreCountedAndOneIsNamed() {
    byte[] pixels = noise(4);
    Arrays.fill(pixels, 2 * SIZE, 4 * SIZE, (byte) 7);
    byte[] test = new byte[2 * SIZE];
    test[0] = 1;
    List<Finding> found = findings(images(pixels, 2, 0, 1, 0, 1), images(test, 2, 0, 1));
    assertThat(found)
        .extracting(Finding::text)
        .containsExactly(
            "2 of 4 training images and 1 of 2 test images have one value throughout, such as"
                + " training image 2");
  }

  /** As EMNIST's letters, whose labels begin with 1. */
  @Test
  void classesThatNeverOccurAreNamed() {
    int[] labels = new int[26];
    Arrays.setAll(labels, i -> i + 1);
    List<Finding> found = findings(images(noise(26), 27, labels), images(noise(26), 27, labels));
    assertThat(found)
        .extracting(Finding::text)
        .containsExactly(
            "1 of 27 classes never occur in train: 0 (the largest label, 26, occurs 1 times)");
  }

  @Test
  void aSingleStrayLabelIsTold() {
    List<Finding> found =
        findings(images(noise(5), 256, 0, 1, 2, 3, 255), images(noise(4), 256, 0, 1, 2, 3));
    assertThat(found)
        .extracting(Finding::text)
        .containsExactly(
            "251 of 256 classes never occur in train: 4..254 (the largest label, 255, occurs 1"
                + " times)",
            "1 of 256 classes occur in train but never in test: 255");
  }

  @Test
  void imagesThatAreInTrainAndInTestAreCounted() {
    byte[] pixels = noise(4);
    byte[] test = noise(2);
    System.arraycopy(pixels, 3 * SIZE, test, SIZE, SIZE);
    List<Finding> found = findings(images(pixels, 2, 0, 1, 0, 1), images(test, 2, 0, 1));
    assertThat(found)
        .extracting(Finding::text)
        .containsExactly(
            "1 of 2 test images are in train too, such as test image 1 = training image 3");
  }

  @Test
  void imagesThatAreInTwoClassesAreCounted() {
    byte[] pixels = noise(4);
    System.arraycopy(pixels, 0, pixels, SIZE, SIZE);
    List<Finding> found = findings(images(pixels, 2, 0, 1, 0, 1), images(noise(2), 2, 0, 1));
    assertThat(found)
        .extracting(Finding::text)
        .containsExactly("1 image is in two classes, such as training image 0 = training image 1");
  }

  @Test
  void theSameImageTwiceInOneClassIsNoFinding() {
    byte[] pixels = noise(4);
    System.arraycopy(pixels, 0, pixels, 2 * SIZE, SIZE);
    assertThat(findings(images(pixels, 2, 0, 1, 0, 1), images(noise(2), 2, 0, 1))).isEmpty();
  }

  @Test
  void strongImbalanceIsTold() {
    int[] labels = new int[11];
    labels[10] = 1;
    List<Finding> found = findings(images(noise(11), 2, labels), images(noise(4), 2, 0, 0, 0, 1));
    assertThat(found)
        .extracting(Finding::text)
        .containsExactly(
            "classes have from 1 (1) to 10 (0) training images, and who always says 0 is right for"
                + " 75.0 % of the test images");
  }

  private List<Finding> sixteen(SixteenBits train, SixteenBits test, SampleRange range) {
    Origin origin =
        new Origin(false, List.of(), List.of(), train, test, Optional.ofNullable(range));
    ImageSet images = images(noise(2), 2, 0, 1);
    return DataReport.of(
            new DataSet("x", images, images(noise(2), 2, 0, 1), List.of("a", "b"), "0", origin))
        .findings();
  }

  @Test
  void sixteenBitsThatUseOnlyTwelveAreTold() {
    SixteenBits used = new SixteenBits(9, 0, 4095, 3000, 17, 20, 4080, 12);
    Finding found = sixteen(used, used, null).get(0);
    assertThat(found.kind()).isEqualTo(Kind.SIXTEEN_BITS);
    assertThat(found.line())
        .isEqualTo(
            "9 images have 16 bits per sample and use 0..4095 of 0..65535 (3000 values; sBIT says"
                + " 12 bits), of which 17 are left after rounding to 8 bits; use them with --range"
                + " train");
  }

  @Test
  void aFewMarksInWhiteDoNotHideIt() {
    SixteenBits used = new SixteenBits(9, 0, 65535, 3001, 18, 15, 4080, 0);
    assertThat(sixteen(used, used, null).get(0).advice())
        .startsWith("use them with --range 15..4080");
  }

  @Test
  void sixteenBitsThatUseAllOfThemAreNoFinding() {
    SixteenBits used = new SixteenBits(9, 0, 65520, 4096, 256, 300, 65000, 12);
    assertThat(sixteen(used, used, null)).isEmpty();
    SixteenBits few = new SixteenBits(9, 0, 65535, 2, 2, 0, 65535, 0);
    assertThat(sixteen(few, few, null)).as("black and white").isEmpty();
  }

  @Test
  void samplesFarBeyondTheRangeAreTold() {
    SixteenBits train = new SixteenBits(9, 0, 4095, 3000, 17, 20, 4080, 0);
    SixteenBits test = new SixteenBits(9, 0, 9000, 3000, 36, 20, 8900, 0);
    assertThat(sixteen(train, train, new SampleRange(0, 4095))).isEmpty();
    assertThat(sixteen(train, test, new SampleRange(0, 4095)).get(0).text())
        .isEqualTo("images use 0..9000 (train 0..4095, test 0..9000), more than the range 0..4095");
  }

  @Test
  void ofAKnownSetNothingIsWarned() {
    ImageSet images = images(noise(2), 2, 0, 1);
    DataSet twice = set(images, images);
    assertThat(DataReport.warnings(twice)).singleElement().asString().startsWith("warning: 2 of 2");
    assertThat(DataReport.warnings(twice.asKnown())).isEmpty();
  }
}
