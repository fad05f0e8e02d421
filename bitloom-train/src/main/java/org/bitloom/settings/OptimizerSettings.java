package org.bitloom.settings;

import java.util.StringJoiner;
import org.bitloom.error.UsageException;
import org.bitloom.update.Method;

/**
 * The method that moves latents and floats, with what can be chosen of it.
 *
 * @param name {@code adam} or {@code sgd}
 * @param momentum of sgd, 0..1 exclusive; with adam 0, where it means nothing
 * @param nesterov whether sgd looks ahead
 * @param weightDecay pull of floats towards zero, 0 or more; bits have no size to decay
 */
public record OptimizerSettings(
    String name, double momentum, boolean nesterov, double weightDecay) {
  static final String ADAM = "adam";
  static final String SGD = "sgd";
  private static final double USUAL_MOMENTUM = 0.9;

  public OptimizerSettings {
    if (!name.equals(ADAM) && !name.equals(SGD)) {
      throw new UsageException(
          "optimizer must be adam or sgd, got '" + name + "'", "choose one of the two");
    }
    if (name.equals(ADAM) && (momentum != 0 || nesterov)) {
      throw new UsageException(
          "momentum must stand with sgd, got it with adam", "choose --optimizer sgd");
    }
    if (!(momentum >= 0 && (float) momentum < 1)) {
      throw new UsageException(
          "momentum must be from 0 to below 1, got " + momentum, "try --momentum 0.9");
    }
    if (nesterov && momentum == 0) {
      throw new UsageException(
          "momentum must be above 0 to look ahead, got 0", "leave out --nesterov");
    }
    if (!(weightDecay >= 0 && weightDecay <= Float.MAX_VALUE)) {
      throw new UsageException(
          "weight decay must be 0 or more, got " + weightDecay, "try --weight-decay 5e-4");
    }
  }

  /** Returns a method with its usual settings: sgd has momentum 0.9, floats do not decay. */
  public static OptimizerSettings of(String name) {
    return new OptimizerSettings(name, usualMomentum(name), false, 0);
  }

  /** Returns the momentum of a method if none is chosen. */
  static double usualMomentum(String name) {
    return name.equals(SGD) ? USUAL_MOMENTUM : 0;
  }

  /** Returns the method. */
  public Method method() {
    return name.equals(SGD)
        ? new Method.Sgd((float) momentum, nesterov, weightDecay)
        : Method.adam().withWeightDecay(weightDecay);
  }

  /** Prints the name, and what is not usual: {@code sgd, Nesterov, weight decay 5e-4}. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ").add(name);
    if (momentum != usualMomentum(name)) {
      text.add("momentum " + Typed.number(momentum));
    }
    if (nesterov) {
      text.add("Nesterov");
    }
    if (weightDecay > 0) {
      text.add("weight decay " + Typed.number(weightDecay));
    }
    return text.toString();
  }
}
