package org.bitloom.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.bitloom.bits.FrozenChoice;
import org.bitloom.bits.LayerRule;
import org.bitloom.data.Augmentation;
import org.bitloom.images.choice.ImageSettings;
import org.bitloom.settings.RunChoices.Choice;
import org.bitloom.settings.RunSettings.BitWeights;
import org.bitloom.update.UpdateRule;

/**
 * The command that a run was, or could have been, started with: the words behind {@code train} that
 * give its settings. What has its default is left out, but for what a run is known by.
 */
public final class TrainWords {
  private final List<String> words = new ArrayList<>();

  private TrainWords() {}

  /** Returns the options, without a folder for the result. */
  public static List<String> of(RunSettings settings) {
    TrainWords train = new TrainWords();
    train.add(Choice.NETWORK, settings.network());
    train.add(Choice.DATA, settings.data().name());
    if (settings.weights() instanceof BitWeights bits) {
      train.addBits(bits);
    } else {
      train.words.add(Choice.FLOATS.option());
    }
    train.addMethod(settings.optimizer());
    train.addSchedule(settings.schedule());
    train.add(Choice.BATCH, settings.batch());
    train.addData(settings.data());
    train.addFiles(settings);
    train.add(Choice.SEED, settings.seed());
    train.add(Choice.THREADS, settings.threads());
    return List.copyOf(train.words);
  }

  /** Returns the whole command for a POSIX shell: words that it would take apart are quoted. */
  public static String line(RunSettings settings) {
    return "./bitloom train "
        + of(settings).stream().map(TrainWords::quoted).collect(Collectors.joining(" "));
  }

  /** Returns the command that goes on with a run. */
  public static String resuming(Path folder) {
    return "./bitloom train --resume " + quoted(folder.toString());
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private void add(Choice choice, Object value) {
    words.add(choice.option());
    words.add(value instanceof Double number ? Typed.number(number) : String.valueOf(value));
  }

  private void addIf(boolean unusual, Choice choice, Object value) {
    if (unusual) {
      add(choice, value);
    }
  }

  private void addBits(BitWeights bits) {
    add(Choice.DEPTH, bits.depth());
    add(Choice.MASK, bits.mask().at(bits.depth()).mask());
    addIf(bits.rule() != UpdateRule.COUPLED, Choice.RULE, bits.rule().label());
    addIf(bits.drift() != 0, Choice.DRIFT, bits.drift());
    bits.zeros().ifPresent(share -> add(Choice.ZEROS, share));
    addIf(bits.latents().isEven(), Choice.LATENTS, bits.latents());
    for (LayerRule rule : bits.layers()) {
      add(Choice.LAYERS, rule);
    }
  }

  private void addMethod(OptimizerSettings method) {
    addIf(!method.name().equals(OptimizerSettings.ADAM), Choice.OPTIMIZER, method.name());
    double usual = OptimizerSettings.usualMomentum(method.name());
    addIf(method.momentum() != usual, Choice.MOMENTUM, method.momentum());
    if (method.nesterov()) {
      words.add(Choice.NESTEROV.option());
    }
    addIf(method.weightDecay() > 0, Choice.WEIGHT_DECAY, method.weightDecay());
  }

  private void addSchedule(Schedule schedule) {
    if (schedule instanceof DecaySchedule falling) {
      add(Choice.EPOCHS, falling.epochs());
      add(Choice.RATE, falling.rate());
      add(Choice.DECAY, falling.decay().label());
      addIf(falling.warmup() > 0, Choice.WARMUP, falling.warmup());
    } else if (schedule.equals(PhaseSchedule.decaying(schedule.epochs(), schedule.firstRate()))) {
      add(Choice.EPOCHS, schedule.epochs());
      add(Choice.RATE, schedule.firstRate());
    } else {
      add(Choice.SCHEDULE, schedule.typed());
    }
  }

  private void addData(DataSettings data) {
    addIf(!data.augmentation().equals(Augmentation.NONE), Choice.AUGMENTATION, data.augmentation());
    addIf(!data.input().equals(InputConversion.MEAN_IMAGE), Choice.INPUT, data.input());
    addIf(data.validation() > 0, Choice.VALIDATION, data.validation());
    addIf(data.limit() > 0, Choice.LIMIT, data.limit());
    ImageSettings images = data.images();
    if (images.skipBadImages()) {
      words.add(Choice.SKIP_BAD_IMAGES.option());
    }
    images.size().ifPresent(size -> add(Choice.RESIZE, size));
    images.range().ifPresent(range -> add(Choice.RANGE, range));
    images.split().ifPresent(share -> add(Choice.SPLIT, share));
  }

  private void addFiles(RunSettings settings) {
    settings.initFrom().ifPresent(from -> add(Choice.INIT_FROM, from.path()));
    if (settings.weights() instanceof BitWeights bits && settings.payload().isEmpty()) {
      boolean noise = bits.frozenBits() == FrozenChoice.NOISE;
      addIf(noise, Choice.FROZEN_BITS, bits.frozenBits().label());
    }
    settings.nested().ifPresent(model -> add(Choice.NESTED, model.path()));
    settings.payload().ifPresent(load -> add("--payload", load.path()));
  }

  private void add(String option, String value) {
    words.add(option);
    words.add(value);
  }
}
