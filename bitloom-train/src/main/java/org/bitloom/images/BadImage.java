package org.bitloom.images;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An image that cannot be used.
 *
 * @param name path below the image folder, {@code train/cat/1.png}
 * @param reason why, in a few words
 */
public record BadImage(String name, String reason) {
  private static final int NAMED = 3;

  /** Names the first few of a list and counts the others. */
  static String list(List<BadImage> bad) {
    String first =
        bad.stream()
            .limit(NAMED)
            .map(image -> image.name() + " (" + image.reason() + ")")
            .collect(Collectors.joining(", "));
    return bad.size() > NAMED ? first + " and " + (bad.size() - NAMED) + " more" : first;
  }
}
