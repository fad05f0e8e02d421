package org.bitloom.script;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.bitloom.data.ImageSet;
import org.bitloom.error.UsageException;

/**
 * Runs a module on black images to find out in which form it takes them, and if in none, why.
 *
 * @param name of the network, for messages
 * @param programs its text
 */
record FormTrial(ScriptModule module, ImageSet images, String name, String programs) {
  /** More than one, so that an output without batch dimension does not pass for one with it. */
  private static final int BATCH = 2;

  private static final int MOST_BATCHES = 16;
  private static final int LARGEST_BATCH = 1024;
  private static final long MOST_VALUES = 1L << 24;

  /** A batch that was written into the program: {@code torch.view(x, [64, -1])}. */
  private static final Pattern FIRST_LENGTH = Pattern.compile("\\[([0-9]{1,4})(?=[,\\]])");

  private static final String OTHER_DATA = "choose the --data it was made for";

  /** What came of one try; without outputs the engine said no. */
  private record Answer(Shape input, List<Shape> outputs, String refusal) {
    @Override
    public String toString() {
      String what = outputs.isEmpty() ? "'" + refusal + "'" : "outputs " + outputs;
      return "for " + input + " " + what;
    }
  }

  /**
   * Finds the form that the module takes.
   *
   * @throws UsageException if it takes neither, or has another number of outputs than there are
   *     classes
   */
  InputForm choose() {
    List<Answer> answers = new ArrayList<>();
    for (InputForm form : InputForm.values()) {
      Answer answer = run(form, BATCH);
      if (isLogits(answer, BATCH)) {
        return form;
      }
      checkClasses(answer);
      answers.add(answer);
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
            String.join(", ", answers.stream().map(Answer::toString).toList())),
        hint(answers));
  }

  private Answer run(InputForm form, int batch) {
    Shape shape = new Shape(batch, images.channels(), images.height(), images.width());
    try (NDManager scope = module.manager().newSubManager()) {
      NDArray input = form.of(scope.zeros(shape));
      try {
        NDList outputs = module.run(input, false);
        return new Answer(input.getShape(), List.of(outputs.getShapes()), "it returns no tensor");
      } catch (RuntimeException e) { // whatever its program throws
        return new Answer(input.getShape(), List.of(), lastLine(e));
      }
    }
  }

  private boolean isLogits(Answer answer, int batch) {
    return answer.outputs().equals(List.of(new Shape(batch, images.classes())));
  }

  private void checkClasses(Answer answer) {
    Shape shape = answer.outputs().size() == 1 ? answer.outputs().get(0) : new Shape();
    if (shape.dimension() == 2 && shape.get(0) == BATCH) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "network %s must have one output per class of the data, %d, got %d",
              name,
              images.classes(),
              shape.get(1)),
          OTHER_DATA + ", or change its last layer");
    }
  }

  private String hint(List<Answer> answers) {
    for (Answer answer : answers) {
      if (answer.outputs().size() > 1) {
        return "it returns several tensors: in Python, put it into a module that returns the logits"
            + " alone";
      }
      String refusal = answer.refusal().toLowerCase(Locale.ROOT);
      if (refusal.contains("cuda")) {
        return "it was traced on a GPU and its program asks for one: trace it after net.cpu()";
      }
      if (refusal.contains("dtype") || refusal.contains("scalar type")) {
        return "it computes with other numbers than 32-bit floats: save it after net.float()";
      }
      if (answer.outputs().isEmpty() && answer.refusal().equals("it returns no tensor")) {
        return "it must return one tensor of logits";
      }
    }
    int fixed = fixedBatch();
    return fixed == 0
        ? OTHER_DATA
        : "it takes batches of "
            + fixed
            + " only, as it was traced: script it, or write x.flatten(1) for x.view("
            + fixed
            + ", -1)";
  }

  /** Returns the only number of images that the module takes at a time; 0 = there is none. */
  private int fixedBatch() {
    Set<Integer> lengths = new LinkedHashSet<>(List.of(1));
    for (MatchResult length : FIRST_LENGTH.matcher(programs).results().toList()) {
      int batch = Integer.parseInt(length.group(1));
      boolean possible =
          batch > 0
              && batch != BATCH
              && batch <= LARGEST_BATCH
              && (long) batch * images.imageSize() <= MOST_VALUES;
      if (possible && lengths.size() < MOST_BATCHES) {
        lengths.add(batch);
      }
    }
    for (int batch : lengths) {
      for (InputForm form : InputForm.values()) {
        if (isLogits(run(form, batch), batch)) {
          return batch;
        }
      }
    }
    return 0;
  }

  /** Returns what the engine says after its stack trace. */
  private static String lastLine(RuntimeException e) {
    String[] lines = String.valueOf(e.getMessage()).strip().split("\\R", -1);
    String all = String.join(" ", lines);
    String last = lines[lines.length - 1].strip();
    return all.contains("CUDA") && !last.contains("CUDA") ? last + " (CUDA)" : last;
  }
}
