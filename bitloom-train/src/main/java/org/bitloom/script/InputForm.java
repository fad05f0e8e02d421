package org.bitloom.script;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bitloom.data.ImageSet;
import org.bitloom.error.UsageException;

/** How a module takes a batch of images. */
enum InputForm {
  /** As {@code [batch, channels, height, width]}. */
  IMAGES,
  /** As {@code [batch, channels * height * width]}. */
  ROWS;

  /** More than one, so that an output without batch dimension does not pass for one with it. */
  private static final int BATCH = 2;

  /** Returns a batch of images in this form; owned by the manager of the images. */
  NDArray of(NDArray images) {
    Shape shape = images.getShape();
    return this == IMAGES ? images : images.reshape(shape.get(0), shape.slice(1).size());
  }

  /**
   * Finds the form that a module takes, by running it on two black images.
   *
   * @param name of the network, for messages
   * @throws UsageException if it takes neither, or has another number of outputs than there are
   *     classes
   */
  static InputForm choose(ScriptModule module, ImageSet images, String name) {
    Shape shape = new Shape(BATCH, images.channels(), images.height(), images.width());
    List<String> found = new ArrayList<>();
    try (NDManager scope = module.manager().newSubManager()) {
      for (InputForm form : values()) {
        NDArray input = form.of(scope.zeros(shape));
        String answer;
        try {
          NDList outputs = module.run(input, false);
          if (isLogits(outputs, images.classes())) {
            return form;
          }
          checkClasses(outputs, images, name);
          answer = "outputs " + List.of(outputs.getShapes());
        } catch (UsageException e) {
          throw e;
        } catch (RuntimeException e) { // whatever its program throws
          answer = "'" + lastLine(e) + "'";
        }
        found.add("for " + input.getShape() + " " + answer);
      }
    }
    throw new UsageException(
        String.format(
            Locale.ROOT,
            "network %s must make [N, %d] of images [N, %d, %d, %d] or of rows [N, %d], got %s",
            name,
            images.classes(),
            images.channels(),
            images.height(),
            images.width(),
            images.imageSize(),
            String.join(", ", found)),
        "choose the --data it was made for");
  }

  private static boolean isLogits(NDList outputs, int classes) {
    return outputs.size() == 1 && outputs.head().getShape().equals(new Shape(BATCH, classes));
  }

  private static void checkClasses(NDList outputs, ImageSet images, String name) {
    Shape shape = outputs.size() == 1 ? outputs.head().getShape() : new Shape();
    if (shape.dimension() == 2 && shape.get(0) == BATCH) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "network %s must have one output per class of the data, %d, got %d",
              name,
              images.classes(),
              shape.get(1)),
          "choose the --data it was made for, or change its last layer");
    }
  }

  /** Returns what the engine says after its stack trace. */
  private static String lastLine(RuntimeException e) {
    String[] lines = String.valueOf(e.getMessage()).strip().split("\\R", -1);
    return lines[lines.length - 1].strip();
  }
}
