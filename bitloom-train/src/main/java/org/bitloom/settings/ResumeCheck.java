package org.bitloom.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.bitloom.bits.BitMask;
import org.bitloom.data.DataSets;
import org.bitloom.error.UsageException;
import org.bitloom.images.choice.ImageSettings;
import org.bitloom.io.Sha256;
import org.bitloom.settings.RunChoices.Choice;
import org.bitloom.settings.RunSettings.BitWeights;

/**
 * Refuses choices that differ from the recorded settings of a run that is to go on.
 *
 * @param recorded settings of the run
 * @param folder of the run, for messages
 */
public record ResumeCheck(RunSettings recorded, Path folder) {
  private static final String LEFT_OUT = "left out";

  /**
   * Checks everything that was chosen; what was not agrees with anything.
   *
   * <p>Files are told by their content: they may be named from another working directory, or have
   * been moved. So may be data, which are checked when they are loaded.
   *
   * @throws UsageException if something differs
   * @throws IOException if a file that was chosen cannot be read
   */
  public void check(RunChoices chosen) throws IOException {
    checkNetwork(chosen);
    checkData(chosen);
    checkWeights(chosen);
    checkMethod(chosen);
    checkSchedule(chosen);
    same(chosen, Choice.BATCH, recorded.batch());
    same(chosen, Choice.VALIDATION, recorded.data().validation());
    same(Choice.AUGMENTATION, chosen.augmentation(), recorded.data().augmentation());
    same(Choice.INPUT, chosen.input(), recorded.data().input());
    same(chosen, Choice.SEED, recorded.seed());
    same(chosen, Choice.THREADS, recorded.threads());
    checkInitFrom(chosen);
    checkNested(chosen);
    same(chosen, Choice.LIMIT, recorded.data().limit());
    checkImages(chosen);
  }

  private void checkImages(RunChoices chosen) {
    ImageSettings images = recorded.data().images();
    same(Choice.RESIZE, chosen.size(), orLeftOut(images.size()));
    same(Choice.RANGE, chosen.range(), orLeftOut(images.range()));
    same(Choice.SPLIT, chosen.split(), orLeftOut(images.split()));
    leftOut(chosen, Choice.SKIP_BAD_IMAGES, images.skipBadImages());
  }

  private void checkMethod(RunChoices chosen) {
    OptimizerSettings optimizer = recorded.optimizer();
    same(chosen, Choice.OPTIMIZER, optimizer.name());
    same(chosen, Choice.MOMENTUM, optimizer.momentum());
    leftOut(chosen, Choice.NESTEROV, optimizer.nesterov());
    same(chosen, Choice.WEIGHT_DECAY, optimizer.weightDecay());
  }

  private void checkSchedule(RunChoices chosen) {
    Schedule schedule = recorded.schedule();
    same(chosen, Choice.RATE, schedule.firstRate());
    same(chosen, Choice.EPOCHS, schedule.epochs());
    same(Choice.SCHEDULE, chosen.givenSchedule(), schedule);
    if (schedule instanceof DecaySchedule falling) {
      same(chosen, Choice.DECAY, falling.decay().label());
      same(chosen, Choice.WARMUP, falling.warmup());
    } else {
      leftOut(chosen, Choice.DECAY, false);
      leftOut(chosen, Choice.WARMUP, false);
    }
  }

  /** Refuses an option that the run was begun without. */
  private void leftOut(RunChoices chosen, Choice choice, boolean used) {
    if (chosen.has(choice) && !used) {
      throw differs(choice.option(), LEFT_OUT, choice.option());
    }
  }

  private static Object orLeftOut(Optional<?> choice) {
    return choice.isPresent() ? choice.get() : LEFT_OUT;
  }

  /** A set that is known by name has content of its own; a folder may hold anything. */
  private void checkData(RunChoices chosen) {
    String name = recorded.data().name();
    boolean folder =
        chosen.get(Choice.DATA, String.class).filter(given -> !DataSets.isKnown(given)).isPresent();
    if (!folder && DataSets.isKnown(name)) {
      same(chosen, Choice.DATA, name);
    }
  }

  private void checkNetwork(RunChoices chosen) throws IOException {
    Optional<String> given = chosen.get(Choice.NETWORK, String.class);
    Path copy = new RunFiles(folder).network();
    boolean same =
        given.isPresent()
            && Files.isRegularFile(Path.of(given.get()))
            && Files.isRegularFile(copy)
            && Sha256.of(Path.of(given.get())).equals(Sha256.of(copy));
    if (!same) {
      same(chosen, Choice.NETWORK, recorded.network());
    }
  }

  private void checkInitFrom(RunChoices chosen) throws IOException {
    Optional<Path> given = chosen.get(Choice.INIT_FROM, Path.class);
    if (given.isPresent() && recorded.initFrom().isPresent()) {
      InitFrom own = recorded.initFrom().get();
      sameFile(
          Choice.INIT_FROM,
          new Known(own.path(), own.sha256()),
          given.get(),
          path -> InitFrom.of(path).sha256());
    } else {
      same(Choice.INIT_FROM, given, recorded.initFrom().map(InitFrom::path).orElse(LEFT_OUT));
    }
  }

  private void checkNested(RunChoices chosen) throws IOException {
    Optional<Path> given = chosen.get(Choice.NESTED, Path.class);
    if (given.isPresent() && recorded.nested().isPresent()) {
      Nested own = recorded.nested().get();
      sameFile(
          Choice.NESTED,
          new Known(own.path(), own.sha256()),
          given.get(),
          path -> Nested.of(path).sha256());
    } else {
      same(Choice.NESTED, given, recorded.nested().map(Nested::path).orElse(LEFT_OUT));
    }
  }

  /** A file of the settings. */
  private record Known(String path, String sha256) {}

  /** Reads the checksum of the file that a user means. */
  private interface Reader {
    String sha256(Path given) throws IOException;
  }

  private void sameFile(Choice choice, Known own, Path given, Reader reader) throws IOException {
    if (given.toString().equals(own.path())) {
      return;
    }
    String found = reader.sha256(given);
    if (!found.equals(own.sha256())) {
      throw differs(
          choice.option(),
          own.path() + " (SHA-256 " + own.sha256() + ")",
          given + " (" + found + ")");
    }
  }

  private void checkWeights(RunChoices chosen) {
    if (recorded.weights() instanceof BitWeights bits) {
      if (chosen.has(Choice.FLOATS)) {
        throw differs("--float", "bits (depth " + bits.depth() + ")", "--float");
      }
      same(chosen, Choice.DEPTH, bits.depth());
      same(Choice.MASK, chosen.mask().map(mask -> digits(mask, bits)), digits(bits.mask(), bits));
      same(chosen, Choice.RULE, bits.rule().label());
      same(chosen, Choice.DRIFT, bits.drift());
      Object zeros = bits.zeros().isPresent() ? bits.zeros().getAsDouble() : LEFT_OUT;
      same(chosen, Choice.ZEROS, zeros);
      same(Choice.LATENTS, chosen.latents(), bits.latents());
      same(
          chosen,
          Choice.FROZEN_BITS,
          recorded.initFrom().isPresent() ? bits.frozenBits().label() : LEFT_OUT);
      same(
          Choice.LAYERS,
          Optional.of(chosen.layers()).filter(rules -> !rules.isEmpty()),
          bits.layers());
    } else if (chosen.ofBits().isPresent()) {
      throw differs("weights", "--float", chosen.ofBits().get().option());
    }
  }

  private static String digits(BitMask mask, BitWeights bits) {
    return mask.at(bits.depth()).mask();
  }

  private void same(RunChoices chosen, Choice choice, Object expected) {
    same(choice, chosen.get(choice, Object.class), expected);
  }

  private void same(Choice choice, Optional<?> chosen, Object expected) {
    if (chosen.isPresent() && !Objects.equals(chosen.get(), expected)) {
      throw differs(choice.option(), expected, chosen.get());
    }
  }

  private static Object typed(Object value) {
    if (value instanceof Schedule schedule) {
      return schedule.typed();
    }
    return value instanceof Double number ? Typed.number(number) : value;
  }

  private UsageException differs(String option, Object expected, Object given) {
    return new UsageException(
        option
            + " must be "
            + typed(expected)
            + " as recorded in "
            + folder
            + ", got "
            + typed(given),
        "leave the option out to go on, or start a new run with another --out");
  }
}
