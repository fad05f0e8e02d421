package org.bitloom.cli.command;

import java.util.Optional;
import org.bitloom.images.choice.ImageSettings;
import org.bitloom.images.choice.ImageSize;
import org.bitloom.images.choice.RangeChoice;
import org.bitloom.images.choice.TestShare;
import org.bitloom.settings.RunChoices;
import org.bitloom.settings.RunChoices.Choice;
import picocli.CommandLine.Option;

/** The options that decide which images of a folder make a data set, and what pixels they give. */
public final class ImageOptions {
  @Option(names = "--skip-bad-images", description = DataDirOption.SKIP_BAD_IMAGES)
  private boolean skipBadImages;

  @Option(
      names = "--resize",
      paramLabel = "WxH",
      description =
          "Scale all images of a folder to this size in pixels; each pixel becomes the mean of the"
              + " area it covers.")
  private String size;

  @Option(
      names = "--range",
      paramLabel = "RANGE",
      description =
          "Part of 0..65535 that images of 16 bits per sample use: train, that of the training"
              + " images, or LOW..HIGH; it becomes 0..255.")
  private String range;

  @Option(
      names = "--split",
      paramLabel = "SHARE",
      description =
          "Keep a share of every class for testing, of a folder that has no test part; SHARE:SEED"
              + " draws others (default seed: 1).")
  private String split;

  /** Returns {@code choices} and what was chosen here. */
  public RunChoices addTo(RunChoices choices) {
    return choices
        .with(Choice.SKIP_BAD_IMAGES, skipBadImages)
        .with(Choice.RESIZE, size)
        .with(Choice.RANGE, range)
        .with(Choice.SPLIT, split);
  }

  /** Returns what was chosen. */
  public ImageSettings settings() {
    return new ImageSettings(
        skipBadImages,
        Optional.ofNullable(size).map(ImageSize::parse),
        Optional.ofNullable(range).map(RangeChoice::parse),
        Optional.ofNullable(split).map(TestShare::parse));
  }
}
