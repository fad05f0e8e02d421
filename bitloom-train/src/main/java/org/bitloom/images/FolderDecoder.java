package org.bitloom.images;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bitloom.error.FailureException;
import org.bitloom.images.DecodedFolder.BadImage;

/**
 * Decodes the images of a folder into one array per part, on all processors; the order of the
 * images and so the bytes do not depend on how many there are.
 */
final class FolderDecoder {
  private final List<InspectedImage> train;
  private final List<InspectedImage> test;
  private final List<String> classes;
  private final DecodedFolder.Form form;
  private final List<BadImage> bad = new ArrayList<>();
  private final List<InspectedImage> good = new ArrayList<>();

  /**
   * Plans the decoding.
   *
   * @throws FailureException if no image is readable, or they differ in size or do not fit into
   *     memory
   */
  FolderDecoder(List<InspectedImage> train, List<InspectedImage> test, List<String> classes) {
    this.train = train;
    this.test = test;
    this.classes = classes;
    form = form();
  }

  /**
   * Decodes every image; those that are bad are listed in the result and have no place in it.
   *
   * @throws FailureException if one of the parts has not a single good one
   */
  DecodedFolder decode() {
    DecodedFolder.Part trainPart = decode(train, ClassFolders.TRAIN);
    DecodedFolder.Part testPart = decode(test, ClassFolders.TEST);
    return new DecodedFolder(
        classes, form, trainPart, testPart, InspectedImage.checksum(good), bad);
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
          "replace them by undamaged PNG or JPEG files");
    }
    InspectedImage usual = usual(readable);
    int channels = readable.stream().mapToInt(InspectedImage::channels).max().orElseThrow();
    DecodedFolder.Form planned = new DecodedFolder.Form(channels, usual.height(), usual.width());
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
        "scale or crop them all to " + size(usual) + ", or remove those that differ");
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
          "scale the images down, or use fewer");
    }
  }

  private DecodedFolder.Part decode(List<InspectedImage> images, String part) {
    int bytes = form.bytes();
    byte[] pixels = new byte[images.size() * bytes];
    String[] problems = new String[images.size()];
    IntStream.range(0, images.size())
        .parallel()
        .forEach(i -> problems[i] = decodeTo(pixels, i * bytes, images.get(i)));
    byte[] labels = new byte[images.size()];
    int count = 0;
    for (int i = 0; i < images.size(); i++) {
      InspectedImage image = images.get(i);
      if (!problems[i].isEmpty()) {
        bad.add(new BadImage(image.source().name(), problems[i]));
        continue;
      }
      good.add(image);
      if (count < i) {
        System.arraycopy(pixels, i * bytes, pixels, count * bytes, bytes);
      }
      labels[count++] = (byte) image.source().label();
    }
    return count == images.size()
        ? new DecodedFolder.Part(pixels, labels)
        : first(count, pixels, labels, part);
  }

  /** Cuts off the places of the bad images, which the good ones have left behind them. */
  private DecodedFolder.Part first(int count, byte[] pixels, byte[] labels, String part) {
    if (count == 0) {
      throw new FailureException(
          part + " must hold readable images, found all bad: " + BadImage.list(bad),
          "replace them by undamaged PNG or JPEG files");
    }
    return new DecodedFolder.Part(
        Arrays.copyOf(pixels, count * form.bytes()), Arrays.copyOf(labels, count));
  }

  /** Fills the place of an image and returns what is wrong with it, or nothing. */
  private String decodeTo(byte[] pixels, int at, InspectedImage image) {
    if (!image.problem().isEmpty()) {
      return image.problem();
    }
    try {
      byte[] planes = image.decode();
      for (int to = at; to < at + form.bytes(); to += planes.length) {
        System.arraycopy(planes, 0, pixels, to, planes.length); // a grey plane serves all channels
      }
      return "";
    } catch (BadImageException e) {
      return e.getMessage();
    }
  }
}
