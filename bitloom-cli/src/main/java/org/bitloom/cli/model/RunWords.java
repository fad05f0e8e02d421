package org.bitloom.cli.model;

import static java.util.Map.entry;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bitloom.bits.BitMask;
import org.bitloom.cli.command.Figures;
import org.bitloom.error.UsageException;
import org.bitloom.io.Json;
import org.bitloom.run.RunComparison.Line;
import org.bitloom.settings.Schedule;
import org.bitloom.settings.Typed;
import org.bitloom.sweep.MaskName;

/** Says in words what the files of a run say in keys; keys that it does not know are split. */
final class RunWords {
  private static final Pattern CHECKSUM = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern MASK = Pattern.compile("[01]{1,32}");
  private static final int CHECKSUM_DIGITS = 12;

  /** Words for keys whose last part does not say enough. */
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          entry("settings.weights", "weights"),
          entry("settings.weights.depth", "bits"),
          entry("settings.weights.layers", "layers of their own"),
          entry("settings.limit", "training samples, at most"),
          entry("settings.validation", "share held out"),
          entry("settings.initFrom.path", "started from"),
          entry("settings.initFrom.sha256", "started from, checksum"),
          entry("settings.nested.path", "nested network"),
          entry("settings.nested.sha256", "nested network, checksum"),
          entry("settings.payload.path", "payload"),
          entry("settings.payload.sha256", "payload, checksum"),
          entry("data.sha256", "data, checksum"),
          entry("data.place", "data, place"),
          entry("data.placeFromRun", "data, place from the run"),
          entry("data.dataDir", "data, folder"),
          entry("data.classNames", "classes"),
          entry("versions.bitloom", "bitloom"),
          entry("versions.jdk", "Java"),
          entry("versions.djl", "DJL"),
          entry("versions.system", "system"),
          entry("epoch", "epochs"),
          entry("trainLoss", "training loss"),
          entry("trainAccuracy", "training accuracy"),
          entry("testBalancedAccuracy", "balanced test accuracy"),
          entry("negative", "negative weights"),
          entry("zero", "zero weights"),
          entry("positive", "positive weights"),
          entry("flips", "bits flipped in the epoch"),
          entry("seconds", "seconds of the epoch"),
          entry("trainSeconds", "seconds in steps"),
          entry("dataSeconds", "seconds waiting for data"),
          entry("updateSeconds", "seconds in updates"),
          entry("imagesPerSecond", "images per second"));

  private RunWords() {}

  /** Returns the words for a key, such as {@code test accuracy} for {@code testAccuracy}. */
  static String of(String key) {
    String known = WORDS.get(key);
    if (known != null) {
      return known;
    }
    String last = key.startsWith("settings.") ? key.substring(9) : key;
    String bits = last.startsWith("weights.") ? last.substring(8) : last;
    return bits.replaceAll("([a-z])([A-Z])", "$1 $2").replace('.', ' ').toLowerCase(Locale.ROOT);
  }

  /** Returns the text of a setting. */
  static String setting(String key, Object value) {
    if (value == null) {
      return "-";
    }
    if (value instanceof String text) {
      return setting(key, text);
    }
    return value instanceof List<?> list ? listed(list) : text(value);
  }

  private static String setting(String key, String value) {
    if (key.equals("settings.schedule")) {
      try {
        return Schedule.parse(value).typed();
      } catch (UsageException e) {
        return value;
      }
    }
    if (key.equals("settings.weights.mask") && MASK.matcher(value).matches()) {
      return MaskName.of(BitMask.parse(value).at(value.length()));
    }
    if (CHECKSUM.matcher(value).matches()) {
      return value.substring(0, CHECKSUM_DIGITS) + "...";
    }
    return value.equals("float") ? "floats" : value;
  }

  private static String listed(List<?> list) {
    return list.isEmpty()
        ? "none"
        : list.stream().map(RunWords::text).collect(Collectors.joining(", "));
  }

  private static String text(Object value) {
    if (value instanceof Double number) {
      return Typed.number(number);
    }
    if (value instanceof Boolean yes) {
      return yes ? "yes" : "no";
    }
    return value instanceof String || value == null ? String.valueOf(value) : Json.print(value);
  }

  /** Returns the text of a value measured; accuracies in per cent, weights as shares of all. */
  static String measured(String key, Object value, double whole) {
    if (value == null) {
      return "-";
    }
    if (value instanceof List<?> list) {
      return list.isEmpty() ? "none" : Figures.format("%d", Math.round(number(list)));
    }
    if (!(value instanceof Number number)) {
      return text(value);
    }
    if (isShare(key)) {
      return Figures.percent(number.doubleValue() / whole);
    }
    if (isRate(key)) {
      return Typed.number(number.doubleValue());
    }
    return value instanceof Long ? value.toString() : decimal(key, number.doubleValue(), "");
  }

  /** Returns the second value less the first, in points if they are in per cent; or nothing. */
  static String difference(Line line, double leftWhole, double rightWhole) {
    double left = number(line.left());
    double right = number(line.right());
    String key = line.key();
    if (Double.isNaN(left) || Double.isNaN(right) || isRate(key) || isEmpty(line)) {
      return "";
    }
    if (isShare(key)) {
      return Figures.format("%+.2f", 100 * (right / rightWhole - left / leftWhole));
    }
    boolean whole = !(line.left() instanceof Double) && !(line.right() instanceof Double);
    return whole
        ? Figures.format("%+d", Math.round(right - left))
        : decimal(key, right - left, "+");
  }

  private static boolean isEmpty(Line line) {
    return line.left() instanceof List<?> left && left.isEmpty() && left.equals(line.right());
  }

  private static String decimal(String key, double value, String sign) {
    boolean fine = key.endsWith("Loss");
    return Figures.format("%" + sign + (fine ? ".4f" : ".1f"), value);
  }

  /** Returns the number that a value is, or the sum of its list; NaN if it is none. */
  private static double number(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().mapToDouble(RunWords::number).sum();
    }
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  private static boolean isShare(String key) {
    return key.endsWith("Accuracy") || isWeights(key);
  }

  /** Says whether a value counts weights, and so is a share of all of them. */
  static boolean isWeights(String key) {
    return key.equals("negative") || key.equals("zero") || key.equals("positive");
  }

  private static boolean isRate(String key) {
    return key.equals("learningRate") || key.equals("drift");
  }
}
