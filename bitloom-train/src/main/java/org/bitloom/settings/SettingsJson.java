package org.bitloom.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.bitloom.bits.BitMask;
import org.bitloom.bits.FrozenChoice;
import org.bitloom.bits.LatentDeviation;
import org.bitloom.bits.LayerRule;
import org.bitloom.data.Augmentation;
import org.bitloom.settings.RunSettings.BitWeights;
import org.bitloom.settings.RunSettings.FloatWeights;
import org.bitloom.settings.RunSettings.Weights;
import org.bitloom.update.UpdateRule;

/** Settings as they stand in config.json. */
public final class SettingsJson {
  private static final String FLOAT = "float";
  private static final String INPUT = "input";
  private static final String OPTIMIZER = "optimizer";
  private static final String MOMENTUM = "momentum";
  private static final String NESTEROV = "nesterov";
  private static final String WEIGHT_DECAY = "weightDecay";
  private static final String ZEROS = "zeros";
  private static final String LATENTS = "latents";
  private static final String FROZEN_BITS = "frozenBits";
  private static final String INIT_FROM = "initFrom";
  private static final String NESTED = "nested";
  private static final String PAYLOAD = "payload";
  private static final String PATH = "path";
  private static final String SHA256 = "sha256";

  private SettingsJson() {}

  /** Returns settings as a JSON object. */
  public static Map<String, Object> print(RunSettings settings) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("network", settings.network());
    json.put("data", settings.data().name());
    json.put("weights", print(settings.weights()));
    put(settings.optimizer(), json);
    json.put("schedule", settings.schedule().toString());
    json.put("batch", (long) settings.batch());
    json.put("validation", settings.data().validation());
    json.put("limit", (long) settings.data().limit());
    json.put("augmentation", settings.data().augmentation().toString());
    ImageSettingsJson.print(settings.data().images(), json);
    if (!settings.data().input().equals(InputConversion.MEAN_IMAGE)) {
      json.put(INPUT, settings.data().input().toString());
    }
    json.put("seed", settings.seed());
    json.put("threads", (long) settings.threads());
    settings.initFrom().ifPresent(from -> json.put(INIT_FROM, file(from.path(), from.sha256())));
    settings.nested().ifPresent(model -> json.put(NESTED, file(model.path(), model.sha256())));
    settings.payload().ifPresent(load -> json.put(PAYLOAD, file(load.path(), load.sha256())));
    return json;
  }

  /** What is as usual is not spelled out: runs of earlier builds go on, and print the same. */
  private static void put(OptimizerSettings optimizer, Map<String, Object> json) {
    json.put(OPTIMIZER, optimizer.name());
    if (optimizer.momentum() != OptimizerSettings.usualMomentum(optimizer.name())) {
      json.put(MOMENTUM, optimizer.momentum());
    }
    if (optimizer.nesterov()) {
      json.put(NESTEROV, true);
    }
    if (optimizer.weightDecay() > 0) {
      json.put(WEIGHT_DECAY, optimizer.weightDecay());
    }
  }

  private static OptimizerSettings optimizer(Map<?, ?> map) {
    String name = get(map, OPTIMIZER, String.class);
    return new OptimizerSettings(
        name,
        number(map, MOMENTUM, OptimizerSettings.usualMomentum(name)),
        map.containsKey(NESTEROV) && get(map, NESTEROV, Boolean.class),
        number(map, WEIGHT_DECAY, 0));
  }

  /** Returns a number that may be missing. */
  private static double number(Map<?, ?> map, String key, double usual) {
    return map.containsKey(key) ? get(map, key, Number.class).doubleValue() : usual;
  }

  private static Object file(String path, String sha256) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(PATH, path);
    json.put(SHA256, sha256);
    return json;
  }

  private static Object print(Weights weights) {
    if (!(weights instanceof BitWeights bits)) {
      return FLOAT;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("depth", (long) bits.depth());
    json.put("mask", bits.mask().at(bits.depth()).mask());
    json.put("rule", bits.rule().label());
    json.put("drift", bits.drift());
    json.put("layers", bits.layers().stream().map(LayerRule::toString).toList());
    bits.zeros().ifPresent(share -> json.put(ZEROS, share));
    if (bits.latents().isEven()) {
      json.put(LATENTS, bits.latents().toString());
    }
    if (bits.frozenBits() == FrozenChoice.NOISE) {
      json.put(FROZEN_BITS, bits.frozenBits().label());
    }
    return json;
  }

  /**
   * Reads what {@link #print} wrote.
   *
   * @throws IllegalArgumentException if a key is missing or has the wrong type or range
   */
  public static RunSettings parse(Object json) {
    Map<?, ?> map = cast(json, Map.class, "settings");
    return new RunSettings(
        get(map, "network", String.class),
        data(map),
        weights(map.get("weights")),
        optimizer(map),
        Schedule.parse(get(map, "schedule", String.class)),
        integer(map, "batch"),
        get(map, "seed", Long.class),
        integer(map, "threads"),
        file(map, INIT_FROM, InitFrom::new),
        file(map, NESTED, Nested::new),
        file(map, PAYLOAD, Payload::new));
  }

  private static <T> Optional<T> file(
      Map<?, ?> settings, String key, BiFunction<String, String, T> create) {
    if (settings.get(key) == null) {
      return Optional.empty();
    }
    Map<?, ?> map = cast(settings.get(key), Map.class, key);
    return Optional.of(create.apply(get(map, PATH, String.class), get(map, SHA256, String.class)));
  }

  private static DataSettings data(Map<?, ?> map) {
    return new DataSettings(
        get(map, "data", String.class),
        integer(map, "limit"),
        get(map, "validation", Number.class).doubleValue(),
        Augmentation.parse(get(map, "augmentation", String.class)),
        ImageSettingsJson.parse(map),
        map.containsKey(INPUT)
            ? InputConversion.parse(get(map, INPUT, String.class))
            : InputConversion.MEAN_IMAGE);
  }

  private static Weights weights(Object json) {
    if (FLOAT.equals(json)) {
      return new FloatWeights();
    }
    Map<?, ?> map = cast(json, Map.class, "weights");
    return new BitWeights(
        integer(map, "depth"),
        BitMask.parse(get(map, "mask", String.class)),
        UpdateRule.parse(get(map, "rule", String.class)),
        get(map, "drift", Number.class).doubleValue(),
        layers(get(map, "layers", List.class)),
        map.containsKey(LATENTS)
            ? LatentDeviation.parse(get(map, LATENTS, String.class))
            : LatentDeviation.PAPER,
        map.containsKey(ZEROS)
            ? OptionalDouble.of(get(map, ZEROS, Number.class).doubleValue())
            : OptionalDouble.empty(),
        map.containsKey(FROZEN_BITS)
            ? FrozenChoice.parse(get(map, FROZEN_BITS, String.class))
            : FrozenChoice.ROUNDED);
  }

  private static List<LayerRule> layers(List<?> rules) {
    return rules.stream().map(rule -> LayerRule.parse(cast(rule, String.class, "layers"))).toList();
  }

  private static int integer(Map<?, ?> map, String key) {
    long value = get(map, key, Long.class);
    if (value != (int) value) {
      throw new IllegalArgumentException("'" + key + "' must be below 2^31, got " + value);
    }
    return (int) value;
  }

  private static <T> T get(Map<?, ?> map, String key, Class<T> type) {
    return cast(map.get(key), type, key);
  }

  private static <T> T cast(Object value, Class<T> type, String key) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "'" + key + "' must be a " + type.getSimpleName() + ", got " + value);
    }
    return type.cast(value);
  }

  /**
   * Returns what of the settings decides the trained bytes, for the model's provenance: no paths.
   * The threads are facts of the platform.
   */
  public static Map<String, String> provenance(
      RunSettings settings, String dataSha256, String version) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("bitloom", version);
    facts.put("dataSha256", dataSha256);
    Map<String, Object> json = new TreeMap<>(print(settings));
    json.remove("threads");
    json.remove(INIT_FROM);
    json.remove(NESTED);
    json.remove(PAYLOAD); // a model must not tell whether its free bits hold anything
    settings.initFrom().ifPresent(from -> json.put("initSha256", from.sha256()));
    settings.nested().ifPresent(model -> json.put("nestedSha256", model.sha256()));
    if (json.remove("weights") instanceof Map<?, ?> bits) {
      bits.forEach((key, value) -> json.put((String) key, value));
    }
    json.forEach((key, value) -> facts.put(key, value.toString()));
    return facts;
  }
}
