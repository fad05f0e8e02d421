package org.bitloom.settings;

import org.bitloom.data.Augmentation;
import org.bitloom.error.UsageException;
import org.bitloom.images.choice.ImageSettings;

/**
 * Which samples a run sees, and how.
 *
 * @param name of the data set, such as {@code mnist}, or a folder
 * @param limit first training samples after the seeded shuffle; 0 = all
 * @param validation share of the training samples held out, 0..1 exclusive; 0 = none
 * @param augmentation changes of the training images
 * @param images which images of an image folder, and what pixels they give
 * @param input how pixels become the input of the network
 */
public record DataSettings(
    String name,
    int limit,
    double validation,
    Augmentation augmentation,
    ImageSettings images,
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
    return new DataSettings(other, limit, validation, augmentation, images, input);
  }

  /** Takes images as they are, refuses damaged ones, and feeds the network by the mean image. */
  public DataSettings(String name, int limit, double validation, Augmentation augmentation) {
    this(name, limit, validation, augmentation, ImageSettings.STRICT, InputConversion.MEAN_IMAGE);
  }

  /** Returns what decides which data set is loaded; all of it is used, as it is. */
  public DataSettings toLoad() {
    return new DataSettings(name, 0, 0, Augmentation.NONE, images, InputConversion.MEAN_IMAGE);
  }
}
