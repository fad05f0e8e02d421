package org.bitloom.images.choice;

import java.util.Optional;

/**
 * What decides which images of a folder make a data set, and what pixels they give.
 *
 * @param skipBadImages whether damaged images are left out; otherwise they are an error
 * @param size that all images are scaled to; empty = they must have one size
 * @param range of 16-bit samples that is used; empty = all of it
 * @param split share of the images kept for testing; empty = the folder says which they are
 */
public record ImageSettings(
    boolean skipBadImages,
    Optional<ImageSize> size,
    Optional<RangeChoice> range,
    Optional<TestShare> split) {
  /** Takes images as they are, and refuses damaged ones. */
  public static final ImageSettings STRICT =
      new ImageSettings(false, Optional.empty(), Optional.empty(), Optional.empty());

  /** Returns the same with other care for damaged images. */
  public ImageSettings skipping(boolean badImages) {
    return new ImageSettings(badImages, size, range, split);
  }

  /** Returns what decides the pixels, in one line; nothing if images are taken as they are. */
  public String words() {
    return size.map(text -> " size " + text).orElse("")
        + range.map(text -> " range " + text).orElse("")
        + split.map(text -> " split " + text).orElse("");
  }
}
