package org.bitloom.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bitloom.error.UsageException;
import org.bitloom.model.Normalization;
import org.bitloom.model.Normalization.Kind;

/**
 * How raw pixels, 0..255, become the input of the network, in the words of users: {@code
 * mean-image}, {@code unit}, {@code raw}, or mean and deviation such as {@code 0.1307,0.3081} and,
 * one per channel, {@code 0.485:0.456:0.406,0.229:0.224:0.225}.
 *
 * @param kind of conversion
 * @param means of pixels divided by 255, one for all channels or one for each, within -1..1; empty
 *     but for {@link Kind#PER_CHANNEL}
 * @param deviations as many, finite and above 0
 */
public record InputConversion(Kind kind, List<Float> means, List<Float> deviations) {
  /** Mean image and deviation of the training samples: what a run does that is told nothing. */
  public static final InputConversion MEAN_IMAGE = plain(Kind.MEAN_IMAGE);

  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]*\\.?[0-9]+([eE][-+]?[0-9]+)?");
  private static final String HINT =
      "PyTorch's usual values are 0.1307,0.3081 for MNIST and"
          + " 0.485:0.456:0.406,0.229:0.224:0.225 for photos";

  public InputConversion {
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
    if (means.size() != deviations.size() || means.isEmpty() == (kind == Kind.PER_CHANNEL)) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "input must have as many means as deviations, one for all channels or one for each,"
                  + " got %d and %d",
              means.size(),
              deviations.size()),
          HINT);
    }
    for (float mean : means) {
      if (!(Math.abs(mean) <= 1)) {
        throw new UsageException(
            "a mean of the input must be that of pixels divided by 255, within -1..1, got " + mean,
            "divide mean and deviation by 255");
      }
    }
    for (float deviation : deviations) {
      if (!(deviation > 0) || !Float.isFinite(1 / deviation)) {
        throw new UsageException(
            "a deviation of the input must be above 0, got " + deviation, HINT);
      }
    }
  }

  private static InputConversion plain(Kind kind) {
    return new InputConversion(kind, List.of(), List.of());
  }

  /** Reads the word or the numbers. */
  public static InputConversion parse(String text) {
    for (Kind kind : Kind.values()) {
      if (kind != Kind.PER_CHANNEL && kind.label().equals(text)) {
        return plain(kind);
      }
    }
    String[] halves = text.split(",", -1);
    if (halves.length != 2) {
      throw wrong(text);
    }
    return new InputConversion(
        Kind.PER_CHANNEL, numbers(halves[0], text), numbers(halves[1], text));
  }

  private static List<Float> numbers(String half, String text) {
    List<Float> numbers = new ArrayList<>();
    for (String number : half.split(":", -1)) {
      if (!NUMBER.matcher(number).matches()) {
        throw wrong(text);
      }
      numbers.add(Float.parseFloat(number));
    }
    return numbers;
  }

  private static UsageException wrong(String text) {
    return new UsageException(
        "input must be mean-image, unit, raw, or MEAN,DEVIATION with one number each or one per"
            + " channel with : between them, got '"
            + text
            + "'",
        HINT);
  }

  /**
   * Returns the conversion for images of so many channels.
   *
   * @param meanImage of the training samples
   * @throws UsageException if it names another number of channels
   */
  public Normalization of(int channels, Normalization.MeanImage meanImage) {
    return switch (kind) {
      case MEAN_IMAGE -> meanImage;
      case UNIT -> new Normalization.Unit();
      case RAW -> new Normalization.Raw();
      case PER_CHANNEL -> perChannel(channels);
    };
  }

  private Normalization perChannel(int channels) {
    if (means.size() != 1 && means.size() != channels) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "input must have one mean and one deviation, or one for each channel of the images,"
                  + " that is %d, got %d",
              channels,
              means.size()),
          "change --input");
    }
    return new Normalization.PerChannel(spread(means, channels), spread(deviations, channels));
  }

  private static float[] spread(List<Float> values, int channels) {
    List<Float> all = values.size() == 1 ? Collections.nCopies(channels, values.get(0)) : values;
    float[] spread = new float[channels];
    for (int channel = 0; channel < channels; channel++) {
      spread[channel] = all.get(channel);
    }
    return spread;
  }

  /** Returns the text that {@link #parse} reads. */
  @Override
  public String toString() {
    return kind == Kind.PER_CHANNEL ? text(means) + "," + text(deviations) : kind.label();
  }

  private static String text(List<Float> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(":"));
  }
}
