package org.bitloom.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bitloom.images.choice.ImageSettings;
import org.bitloom.images.choice.ImageSize;
import org.bitloom.images.choice.RangeChoice;
import org.bitloom.images.choice.TestShare;
import org.bitloom.io.Json;

/**
 * How images are read, as it stands among the settings of config.json and in the provenance of a
 * model; nothing stands there if images are taken as they are.
 */
public final class ImageSettingsJson {
  private static final String SKIP_BAD_IMAGES = "skipBadImages";
  private static final String RESIZE = "resize";
  private static final String RANGE = "range";
  private static final String SPLIT = "split";

  private ImageSettingsJson() {}

  static void print(ImageSettings images, Map<String, Object> json) {
    if (images.skipBadImages()) {
      json.put(SKIP_BAD_IMAGES, true);
    }
    images.size().ifPresent(size -> json.put(RESIZE, size.toString()));
    images.range().ifPresent(range -> json.put(RANGE, range.toString()));
    images.split().ifPresent(split -> json.put(SPLIT, split.toString()));
  }

  /** Returns the settings as a JSON object in one line. */
  public static String text(ImageSettings images) {
    Map<String, Object> json = new LinkedHashMap<>();
    print(images, json);
    return Json.print(json);
  }

  /** Reads what {@link #text} wrote. */
  public static ImageSettings parse(String text) {
    return parse((Map<?, ?>) Json.parse(text));
  }

  /**
   * Reads what {@link #print} wrote, from settings or from a provenance, which has texts only.
   *
   * @throws IllegalArgumentException if a value has the wrong type or range
   */
  public static ImageSettings parse(Map<?, ?> json) {
    Object skip = json.get(SKIP_BAD_IMAGES);
    return new ImageSettings(
        skip != null && Boolean.parseBoolean(skip.toString()),
        text(json, RESIZE, ImageSize::parse),
        text(json, RANGE, RangeChoice::parse),
        text(json, SPLIT, TestShare::parse));
  }

  private static <T> Optional<T> text(Map<?, ?> json, String key, Function<String, T> reader) {
    Object value = json.get(key);
    if (value != null && !(value instanceof String)) {
      throw new IllegalArgumentException("'" + key + "' must be a String, got " + value);
    }
    return Optional.ofNullable((String) value).map(reader);
  }

  /**
   * Notes in the provenance of a model which range became 0..255, where the settings say only that
   * it is that of the training images.
   */
  public static void putRange(Map<String, String> provenance, String range) {
    provenance.put(RANGE, range);
  }
}
