package org.bitloom.images;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bitloom.error.FailureException;
import org.bitloom.images.DecodedFolder.BadImage;
import org.bitloom.images.choice.ImageSettings;
import org.bitloom.images.choice.ImageSize;
import org.bitloom.images.choice.Preparation;
import org.bitloom.images.choice.SampleRange;

/**
 * Decodes the images of a folder into one array per part, on all processors; the order of the
 * images and so the bytes do not depend on how many there are.
 */
final class FolderDecoder {
  private final List<InspectedImage> train;
  private final List<InspectedImage> test;
  private final List<String> classes;
  private final ImageSettings settings;
  private final DecodedFolder.Form form;
  private final List<BadImage> bad = new ArrayList<>();
  private final List<InspectedImage> good = new ArrayList<>();

  /**
   * Plans the decoding.
   *
   * @throws FailureException if no image is readable, or they differ in size or do not fit into
   *     memory, or a range is wanted of images that have not 16 bits
   */
  FolderDecoder(
      List<InspectedImage> train,
      List<InspectedImage> test,
      List<String> classes,
      ImageSettings settings) {
    this.train = train;
    this.test = test;
    this.classes = classes;
    this.settings = settings;
    form = form();
  }

  /**
   * Decodes every image; those that are bad are listed in the result and have no place in it.
   *
   * @throws FailureException if one of the parts has not a single good one
   */
  DecodedFolder decode() {
    Optional<SampleRange> range =
        settings.range().map(choice -> choice.fixed().orElseGet(this::rangeOfTrain));
    Preparation preparation = new Preparation(settings.size(), range);
    DecodedFolder.Part trainPart = decode(train, preparation, "train");
    DecodedFolder.Part testPart = decode(test, preparation, "test");
    return new DecodedFolder(
        classes, form, trainPart, testPart, InspectedImage.checksum(good), bad, range);
  }

  private DecodedFolder.Form form() {
    List<InspectedImage> readable =
        Stream.concat(train.stream(), test.stream())
            .filter(image -> image.problem().isEmpty())
            .toList();
    if (readable.isEmpty()) {
      List<BadImage> all =
          Stream.concat(train.stream(), test.stream())
              .map(image -> new BadImage(image.source().name(), image.problem()))
              .toList();
      throw new FailureException(
          "images must be readable, found all " + all.size() + " bad: " + BadImage.list(all),
          "replace them by undamaged files: " + ImageFile.FORMAT_WORDS);
    }
    if (settings.range().isPresent()) {
      SixteenBitRange.check(readable);
    }
    int channels = readable.stream().mapToInt(InspectedImage::channels).max().orElseThrow();
    ImageSize size =
        settings
            .size()
            .orElseGet(
                () -> {
                  InspectedImage usual = usual(readable);
                  return new ImageSize(usual.width(), usual.height());
                });
    DecodedFolder.Form planned = new DecodedFolder.Form(channels, size.height(), size.width());
    checkMemory(planned);
    return planned;
  }

  /** Returns an image of the size that most have; all others are refused. */
  private static InspectedImage usual(List<InspectedImage> images) {
    Map<String, Integer> counts = new TreeMap<>();
    images.forEach(image -> counts.merge(size(image), 1, Integer::sum));
    int most = counts.values().stream().mapToInt(count -> count).max().orElseThrow();
    InspectedImage usual =
        images.stream().filter(image -> counts.get(size(image)) == most).findFirst().orElseThrow();
    images.stream()
        .filter(image -> !size(image).equals(size(usual)))
        .findFirst()
        .ifPresent(
            other -> {
              throw differs(usual, most, other, images.size());
            });
    return usual;
  }

  private static FailureException differs(
      InspectedImage usual, int most, InspectedImage other, int all) {
    return new FailureException(
        String.format(
            Locale.ROOT,
            "images must all have one size (width x height): %s is %s as %d of %d are, %s is %s%s",
            usual.source().name(),
            size(usual),
            most,
            all,
            other.source().name(),
            size(other),
            all - most == 1 ? "" : " (" + (all - most) + " in all differ)"),
        "scale them all with --resize "
            + size(usual)
            + " or smaller, crop them, or remove those that differ");
  }

  private static String size(InspectedImage image) {
    return image.width() + "x" + image.height();
  }

  private void checkMemory(DecodedFolder.Form planned) {
    int largest = Math.max(train.size(), test.size());
    long all = (long) planned.bytes() * (train.size() + test.size());
    boolean fits = (long) planned.bytes() * largest <= Integer.MAX_VALUE - 8;
    if (!fits || all > Runtime.getRuntime().maxMemory()) {
      throw new FailureException(
          String.format(
              Locale.ROOT,
              "images must fit into memory, %d of %dx%d in %d channels need %d MB, there are %d MB"
                  + " and at most 2047 MB for train or test",
              train.size() + test.size(),
              planned.width(),
              planned.height(),
              planned.channels(),
              all >> 20,
              Runtime.getRuntime().maxMemory() >> 20),
          "scale the images down with --resize, or use fewer");
    }
  }

  private SampleRange rangeOfTrain() {
    return SixteenBitRange.of(train);
  }

  private DecodedFolder.Part decode(
      List<InspectedImage> images, Preparation preparation, String part) {
    SixteenBits.Gathered used = new SixteenBits.Gathered();
    int bytes = form.bytes();
    byte[] pixels = new byte[images.size() * bytes];
    String[] problems = new String[images.size()];
    IntStream.range(0, images.size())
        .parallel()
        .forEach(i -> problems[i] = decodeTo(pixels, i * bytes, images.get(i), preparation, used));
    byte[] labels = new byte[images.size()];
    List<String> names = new ArrayList<>();
    int count = 0;
    for (int i = 0; i < images.size(); i++) {
      InspectedImage image = images.get(i);
      if (!problems[i].isEmpty()) {
        bad.add(new BadImage(image.source().name(), problems[i]));
        continue;
      }
      good.add(image);
      names.add(image.source().name());
      if (count < i) {
        System.arraycopy(pixels, i * bytes, pixels, count * bytes, bytes);
      }
      labels[count++] = (byte) image.source().label();
    }
    if (count == 0) {
      throw new FailureException(
          part + " must hold readable images, found all bad: " + BadImage.list(bad),
          "replace them by undamaged files: " + ImageFile.FORMAT_WORDS);
    }
    boolean all = count == images.size(); // else the good ones have left places behind them
    return new DecodedFolder.Part(
        all ? pixels : Arrays.copyOf(pixels, count * bytes),
        all ? labels : Arrays.copyOf(labels, count),
        names,
        used.facts());
  }

  /** Fills the place of an image and returns what is wrong with it, or nothing. */
  private String decodeTo(
      byte[] pixels,
      int at,
      InspectedImage image,
      Preparation preparation,
      SixteenBits.Gathered used) {
    if (!image.problem().isEmpty()) {
      return image.problem();
    }
    try {
      byte[] planes = image.decode(preparation, used);
      for (int to = at; to < at + form.bytes(); to += planes.length) {
        System.arraycopy(planes, 0, pixels, to, planes.length); // a grey plane serves all channels
      }
      return "";
    } catch (BadImageException e) {
      return e.getMessage();
    }
  }
}
