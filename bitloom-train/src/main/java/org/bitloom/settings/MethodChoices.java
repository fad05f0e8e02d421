package org.bitloom.settings;

import java.util.List;
import java.util.Optional;
import org.bitloom.error.UsageException;
import org.bitloom.settings.RunChoices.Choice;
import org.bitloom.update.RateDecay;

/** What was chosen of method and learning rate, with the defaults of the rest. */
final class MethodChoices {
  private static final int DEFAULT_EPOCHS = 5;

  private MethodChoices() {}

  static OptimizerSettings optimizer(RunChoices choices) {
    String name = choices.get(Choice.OPTIMIZER, OptimizerSettings.ADAM);
    return new OptimizerSettings(
        name,
        choices.get(Choice.MOMENTUM, OptimizerSettings.usualMomentum(name)),
        choices.get(Choice.NESTEROV, false),
        choices.get(Choice.WEIGHT_DECAY, 0.0));
  }

  static Schedule schedule(RunChoices choices) {
    return choices.has(Choice.SCHEDULE) ? alone(choices) : ofEpochs(choices);
  }

  private static Schedule alone(RunChoices choices) {
    for (Choice other : List.of(Choice.EPOCHS, Choice.RATE, Choice.DECAY, Choice.WARMUP)) {
      if (choices.has(other)) {
        throw new UsageException(
            "--schedule names the epochs and the learning rates, got " + other.option() + " too",
            "leave out one of the two");
      }
    }
    return choices.givenSchedule().orElseThrow();
  }

  private static Schedule ofEpochs(RunChoices choices) {
    double usual = optimizer(choices).name().equals(OptimizerSettings.SGD) ? 0.1 : 9e-4;
    double first = choices.get(Choice.RATE, usual);
    int epochs = choices.get(Choice.EPOCHS, DEFAULT_EPOCHS);
    Optional<RateDecay> decay = choices.get(Choice.DECAY, String.class).map(RateDecay::parse);
    if (decay.isPresent()) {
      return Schedule.decaying(decay.get(), epochs, first, choices.get(Choice.WARMUP, 0.0));
    }
    if (choices.has(Choice.WARMUP)) {
      throw new UsageException(
          "--warmup leads into a decay, got it without --decay", "add --decay cosine");
    }
    return Schedule.stepped(epochs, first);
  }
}
