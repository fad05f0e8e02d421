package org.bitloom.images.choice;

import java.util.Optional;

/**
 * How the samples of an image file become pixels of a network's size, before they are normalized.
 *
 * @param size that it is scaled to; empty = it is left as it is
 * @param range of 16-bit samples that becomes 0..255; empty = 0..65535
 */
public record Preparation(Optional<ImageSize> size, Optional<SampleRange> range) {
  /** Leaves images as they are. */
  public static final Preparation NONE = new Preparation(Optional.empty(), Optional.empty());

  /** Returns what was done to the images that a model was trained on. */
  public static Preparation of(ImageSettings trained) {
    return new Preparation(trained.size(), trained.range().flatMap(RangeChoice::fixed));
  }
}
