package org.bitloom.images;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;

/**
 * A file that counts as an image by its name.
 *
 * @param name path below the image folder, with slashes: {@code train/cat/1.png}
 * @param path where it lies
 * @param label place of its class among the sorted class names, 0..255
 */
record ImageSource(String name, Path path, int label) {
  /** Orders names by their UTF-8 bytes, which no locale and no file system changes. */
  static final Comparator<String> BY_BYTES =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
}
