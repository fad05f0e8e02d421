package org.bitloom.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.bitloom.bits.BitMask;
import org.bitloom.bits.FrozenChoice;
import org.bitloom.bits.LatentDeviation;
import org.bitloom.bits.LayerRule;
import org.bitloom.data.Augmentation;
import org.bitloom.error.UsageException;
import org.bitloom.images.choice.ImageSettings;
import org.bitloom.images.choice.ImageSize;
import org.bitloom.images.choice.RangeChoice;
import org.bitloom.images.choice.TestShare;
import org.bitloom.settings.RunSettings.BitWeights;
import org.bitloom.settings.RunSettings.FloatWeights;
import org.bitloom.update.UpdateRule;

/**
 * What a user chose of a run; all else has a default.
 *
 * <p>The command and the sweeps make their settings of it, so both have the same defaults and the
 * same errors.
 *
 * @param given values of the type that their choice names
 */
public record RunChoices(Map<Choice, Object> given) {
  private static final int DEFAULT_DEPTH = 6;

  /** Something to choose, called like its option. */
  @SuppressWarnings("ImmutableEnumChecker") // the readers hold nothing
  public enum Choice {
    NETWORK("--net", word -> word),
    DATA("--data", word -> word),
    DEPTH("--bits", Integer::valueOf),
    MASK("--mask", word -> word),
    /** Chosen by {@code true}; trains no bits. */
    FLOATS("--float", Boolean::valueOf),
    RULE("--rule", word -> word),
    DRIFT("--drift", Double::valueOf),
    ZEROS("--zeros", Double::valueOf),
    LATENTS("--latents", word -> word),
    /** A list of words. */
    LAYERS("--layer", List::of),
    INIT_FROM("--init-from", Path::of),
    FROZEN_BITS("--frozen-bits", word -> word),
    NESTED("--nested", Path::of),
    OPTIMIZER("--optimizer", word -> word),
    MOMENTUM("--momentum", Double::valueOf),
    /** Chosen by {@code true}. */
    NESTEROV("--nesterov", Boolean::valueOf),
    WEIGHT_DECAY("--weight-decay", Double::valueOf),
    RATE("--lr", Double::valueOf),
    DECAY("--decay", word -> word),
    WARMUP("--warmup", Double::valueOf),
    SCHEDULE("--schedule", word -> word),
    EPOCHS("--epochs", Integer::valueOf),
    BATCH("--batch", Integer::valueOf),
    AUGMENTATION("--augment", word -> word),
    INPUT("--input", word -> word),
    VALIDATION("--validation", Double::valueOf),
    SEED("--seed", Long::valueOf),
    THREADS("--threads", Integer::valueOf),
    LIMIT("--limit", Integer::valueOf),
    /** Chosen by {@code true}. */
    SKIP_BAD_IMAGES("--skip-bad-images", Boolean::valueOf),
    RESIZE("--resize", word -> word),
    RANGE("--range", word -> word),
    SPLIT("--split", word -> word);

    private final String option;
    private final Function<String, Object> reader;

    Choice(String option, Function<String, Object> reader) {
      this.option = option;
      this.reader = reader;
    }

    /** Says whether the values are numbers. */
    public boolean isNumber() {
      return switch (this) {
        case DEPTH, DRIFT, ZEROS, MOMENTUM, WEIGHT_DECAY, RATE, WARMUP, EPOCHS -> true;
        case BATCH, VALIDATION, SEED, THREADS, LIMIT -> true;
        default -> false;
      };
    }

    /** Returns the option of the command, such as {@code --bits}. */
    public String option() {
      return option;
    }

    /**
     * Reads a value.
     *
     * @throws NumberFormatException if it must be a number and is none
     */
    public Object read(String word) {
      return reader.apply(word);
    }
  }

  /** What only makes sense for bit-wise weights. */
  private static final List<Choice> OF_BITS =
      List.of(
          Choice.DEPTH,
          Choice.MASK,
          Choice.RULE,
          Choice.DRIFT,
          Choice.ZEROS,
          Choice.LATENTS,
          Choice.FROZEN_BITS,
          Choice.NESTED,
          Choice.LAYERS);

  public RunChoices {
    Map<Choice, Object> copy = new EnumMap<>(Choice.class);
    copy.putAll(given);
    given = Collections.unmodifiableMap(copy);
  }

  /** Chooses nothing. */
  public static RunChoices none() {
    return new RunChoices(Map.of());
  }

  /** Returns these and one more; null, {@code false} and an empty list choose nothing. */
  public RunChoices with(Choice choice, Object value) {
    if (value == null || value.equals(false) || value.equals(List.of())) {
      return this;
    }
    Map<Choice, Object> more = new EnumMap<>(Choice.class);
    more.putAll(given);
    more.put(choice, value);
    return new RunChoices(more);
  }

  /** Says whether something was chosen. */
  public boolean has(Choice choice) {
    return given.containsKey(choice);
  }

  /** Returns the value that was chosen. */
  <T> Optional<T> get(Choice choice, Class<T> type) {
    return Optional.ofNullable(type.cast(given.get(choice)));
  }

  /** Returns the value that was chosen, or the default. */
  <T> T get(Choice choice, T otherwise) {
    Object value = given.get(choice);
    @SuppressWarnings("unchecked") // checked by the cast of the default's own class
    T chosen = value == null ? otherwise : (T) otherwise.getClass().cast(value);
    return chosen;
  }

  /**
   * Returns the settings, with defaults where nothing was chosen.
   *
   * @throws UsageException if choices make no sense, alone or together
   * @throws IOException if a network to start from or to nest cannot be read
   */
  public RunSettings settings() throws IOException {
    Optional<Path> from = get(Choice.INIT_FROM, Path.class);
    Optional<Path> nested = get(Choice.NESTED, Path.class);
    return new RunSettings(
        get(Choice.NETWORK, "lenet300"),
        data(),
        weights(),
        MethodChoices.optimizer(this),
        MethodChoices.schedule(this),
        get(Choice.BATCH, 64),
        get(Choice.SEED, 1L),
        get(Choice.THREADS, Runtime.getRuntime().availableProcessors()),
        from.isEmpty() ? Optional.empty() : Optional.of(InitFrom.of(from.get())),
        nested.isEmpty() ? Optional.empty() : Optional.of(Nested.of(nested.get())),
        Optional.empty());
  }

  private DataSettings data() {
    return new DataSettings(
        get(Choice.DATA, "mnist"),
        get(Choice.LIMIT, 0),
        get(Choice.VALIDATION, 0.0),
        augmentation().orElse(Augmentation.NONE),
        images(),
        input().orElse(InputConversion.MEAN_IMAGE));
  }

  Optional<InputConversion> input() {
    return get(Choice.INPUT, String.class).map(InputConversion::parse);
  }

  private ImageSettings images() {
    return new ImageSettings(get(Choice.SKIP_BAD_IMAGES, false), size(), range(), split());
  }

  Optional<ImageSize> size() {
    return get(Choice.RESIZE, String.class).map(ImageSize::parse);
  }

  Optional<RangeChoice> range() {
    return get(Choice.RANGE, String.class).map(RangeChoice::parse);
  }

  Optional<TestShare> split() {
    return get(Choice.SPLIT, String.class).map(TestShare::parse);
  }

  Optional<Augmentation> augmentation() {
    return get(Choice.AUGMENTATION, String.class).map(Augmentation::parse);
  }

  private RunSettings.Weights weights() {
    if (!has(Choice.FLOATS)) {
      return bits();
    }
    ofBits()
        .ifPresent(
            choice -> {
              throw new UsageException(
                  "--float trains no bits, so it must stand without "
                      + choice.option()
                      + ", got both",
                  "leave out one of the two");
            });
    return new FloatWeights();
  }

  /** Returns how bit-wise weights are trained. */
  public BitWeights bits() {
    Optional<BitMask> mask = mask();
    int usual =
        mask.filter(BitMask::isExplicit)
            .map(digits -> digits.text().length())
            .orElse(DEFAULT_DEPTH);
    int depth = get(Choice.DEPTH, usual);
    return new BitWeights(
        depth,
        mask.orElse(depth < 3 ? BitMask.all() : BitMask.top(3)),
        UpdateRule.parse(get(Choice.RULE, "coupled")),
        get(Choice.DRIFT, 0.0),
        layers(),
        latents().orElse(LatentDeviation.PAPER),
        has(Choice.ZEROS) ? OptionalDouble.of(get(Choice.ZEROS, 0.0)) : OptionalDouble.empty(),
        frozenBits().orElse(FrozenChoice.ROUNDED));
  }

  private Optional<FrozenChoice> frozenBits() {
    if (has(Choice.FROZEN_BITS) && !has(Choice.INIT_FROM)) {
      throw new UsageException(
          "--frozen-bits chooses for weights that are given, so --init-from must be too, it is not",
          "leave it out: frozen bits of drawn weights are noise");
    }
    return get(Choice.FROZEN_BITS, String.class).map(FrozenChoice::parse);
  }

  /**
   * Checks that nothing chosen keeps the frozen bits from a payload.
   *
   * @throws UsageException if something does
   */
  public void checkRoomForPayload() {
    if (frozenBits().filter(choice -> choice == FrozenChoice.ROUNDED).isPresent()) {
      throw new UsageException(
          "a payload must have the frozen bits for itself, got --frozen-bits rounded too",
          "leave out --frozen-bits or --payload");
    }
  }

  Optional<LatentDeviation> latents() {
    return get(Choice.LATENTS, String.class).map(LatentDeviation::parse);
  }

  Optional<BitMask> mask() {
    return get(Choice.MASK, String.class).map(BitMask::parse);
  }

  List<LayerRule> layers() {
    return get(Choice.LAYERS, List.class).stream()
        .flatMap(words -> ((List<?>) words).stream())
        .map(word -> LayerRule.parse((String) word))
        .toList();
  }

  /** Returns the first choice that only makes sense for bit-wise weights. */
  Optional<Choice> ofBits() {
    return OF_BITS.stream().filter(this::has).findFirst();
  }

  Optional<Schedule> givenSchedule() {
    return get(Choice.SCHEDULE, String.class).map(Schedule::parse);
  }
}
