package org.bitloom.reproduce.plan;

import java.io.IOException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.bitloom.settings.RunChoices;
import org.bitloom.settings.RunChoices.Choice;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.Typed;

/**
 * Runs that differ in the seed only.
 *
 * @param key names the row in the plan, such as {@code mnist-111000}
 * @param part it belongs to; a claim of another part may use it too
 * @param title what a reader calls it, such as {@code 6 bits, 111000}
 * @param choices of its runs but seed and threads, as {@code train} takes them
 * @param seeds of its runs, at least one
 * @param load what its runs start from or carry
 */
public record Row(
    String key, Part part, String title, RunChoices choices, List<Long> seeds, Load load) {
  public Row {
    seeds = List.copyOf(seeds);
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException("a row must have a seed, " + key + " has none");
    }
  }

  /**
   * What other runs or files a row needs. A run needs that of the same seed.
   *
   * @param initFrom row that its runs start from
   * @param nested row whose networks its runs carry
   * @param payload that its runs carry
   * @param rates learning rates to choose from, by the row that tries each on samples held out;
   *     empty = the rate of the row itself
   */
  public record Load(
      Optional<String> initFrom,
      Optional<String> nested,
      Optional<PayloadKind> payload,
      Map<String, Double> rates) {
    /** Starts from drawn weights and carries noise. */
    public static final Load NONE =
        new Load(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    public Load {
      rates = Collections.unmodifiableMap(new LinkedHashMap<>(rates));
    }

    static Load from(String row) {
      return new Load(Optional.of(row), Optional.empty(), Optional.empty(), Map.of());
    }

    static Load around(String row) {
      return new Load(Optional.empty(), Optional.of(row), Optional.empty(), Map.of());
    }

    static Load carrying(PayloadKind kind) {
      return new Load(Optional.empty(), Optional.empty(), Optional.of(kind), Map.of());
    }

    Load choosing(Map<String, Double> among) {
      return new Load(initFrom, nested, payload, among);
    }

    /** Returns the rows whose networks its runs need. */
    public List<String> networks() {
      return Stream.concat(initFrom.stream(), nested.stream()).toList();
    }

    /** Returns the rows that must be trained first. */
    public List<String> rows() {
      return Stream.concat(networks().stream(), rates.keySet().stream()).toList();
    }
  }

  /**
   * Returns the settings of a run without what it starts from or carries, which costs no time.
   *
   * @param threads of the run
   * @throws IOException never, for there is no file to read
   */
  public RunSettings bare(long seed, int threads) throws IOException {
    Map<Choice, Object> alone = new EnumMap<>(choices(seed, threads).given());
    alone.remove(Choice.FROZEN_BITS); // of given weights only
    return new RunChoices(alone).settings();
  }

  /** Returns the same row with other choices. */
  Row with(RunChoices others) {
    return new Row(key, part, title, others, seeds, load);
  }

  /** Returns the same row with a learning rate that is chosen among those of other rows. */
  Row choosing(Map<String, Double> rates) {
    return new Row(key, part, title, choices, seeds, load.choosing(rates));
  }

  /** Returns the choices of a run. */
  public RunChoices choices(long seed, int threads) {
    return choices.with(Choice.SEED, seed).with(Choice.THREADS, threads);
  }

  /** Returns the name of the data of its runs. */
  public String data() {
    Object name = choices.given().get(Choice.DATA);
    return name == null ? "mnist" : name.toString();
  }

  /** Returns the command of a run in a folder called by its row; the seed is left to the reader. */
  public String command() {
    StringJoiner words = new StringJoiner(" ", "./bitloom train ", "");
    for (Map.Entry<Choice, Object> choice : choices.given().entrySet()) {
      words.add(choice.getKey().option());
      if (choice.getKey() == Choice.RATE && !load.rates().isEmpty()) {
        words.add("RATE");
      } else if (!choice.getValue().equals(true)) {
        Object value = choice.getValue();
        words.add(value instanceof Double number ? Typed.number(number) : value.toString());
      }
    }
    load.initFrom().ifPresent(row -> words.add("--init-from " + row + "-SEED"));
    load.nested().ifPresent(row -> words.add("--nested " + row + "-SEED"));
    load.payload().ifPresent(kind -> words.add(kind.options()));
    return words.add("--seed SEED --out " + key + "-SEED").toString();
  }
}
