package org.bitloom.settings;

import org.bitloom.data.Augmentation;
import org.bitloom.error.UsageException;

/**
 * Which samples a run sees, and how.
 *
 * @param name of the data set, such as {@code mnist}, or a folder
 * @param limit first training samples after the seeded shuffle; 0 = all
 * @param validation share of the training samples held out, 0..1 exclusive; 0 = none
 * @param augmentation changes of the training images
 * @param skipBadImages whether damaged files of an image folder are left out
 * @param input how pixels become the input of the network
 */
public record DataSettings(
    String name,
    int limit,
    double validation,
    Augmentation augmentation,
    boolean skipBadImages,
    InputConversion input) {
  public DataSettings {
    if (!(validation >= 0 && validation < 1)) {
      throw new UsageException(
          "validation must be a share from 0 to below 1, got " + validation, "try 0.1");
    }
    if (limit < 0) {
      throw new UsageException("limit must be 0 (all) or more, got " + limit, "raise --limit");
    }
  }

  /** Returns the same settings with another name for the data. */
  public DataSettings called(String other) {
    return new DataSettings(other, limit, validation, augmentation, skipBadImages, input);
  }

  /** Feeds the network by the mean image of its training samples. */
  public DataSettings(
      String name, int limit, double validation, Augmentation augmentation, boolean skipBadImages) {
    this(name, limit, validation, augmentation, skipBadImages, InputConversion.MEAN_IMAGE);
  }

  /** Refuses damaged images. */
  public DataSettings(String name, int limit, double validation, Augmentation augmentation) {
    this(name, limit, validation, augmentation, false);
  }
}
