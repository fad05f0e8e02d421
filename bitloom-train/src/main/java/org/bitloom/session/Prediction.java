package org.bitloom.session;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bitloom.data.DataSet;
import org.bitloom.data.ImageFiles;
import org.bitloom.error.UsageException;
import org.bitloom.images.DecodedFolder;
import org.bitloom.images.choice.Preparation;
import org.bitloom.model.BitModel;
import org.bitloom.settings.ImageSettingsJson;

/**
 * What a model takes an image for.
 *
 * @param image file of it
 * @param classes all that the model tells apart, the most probable first; empty if the image could
 *     not be read
 * @param problem why it could not be read; empty if it could
 */
public record Prediction(Path image, List<Candidate> classes, Optional<String> problem) {
  public Prediction {
    classes = List.copyOf(classes);
  }

  /**
   * A class that an image may belong to.
   *
   * @param label number of the class, from 0
   * @param name of the class, its number if the model does not know it
   * @param probability softmax of the outputs, 0..1
   */
  public record Candidate(int label, String name, double probability) {}

  /**
   * Asks a model about images.
   *
   * @param source model, and how it is read
   * @param images files; one that is bad does not matter to the others
   * @param threads of the engine
   * @throws UsageException if model, reading and network do not fit together
   * @throws IOException if model or network cannot be read
   */
  public static List<Prediction> of(Evaluation.Source source, List<Path> images, int threads)
      throws IOException {
    TrainedModel trained = TrainedModel.read(source);
    BitModel model = trained.model();
    List<Integer> shape = model.inputShape();
    if (shape.size() != 3 || (shape.get(0) != 1 && shape.get(0) != 3)) {
      throw new UsageException(
          "the model must take images of 1 or 3 channels, its input is " + shape,
          "use a model that was trained on images");
    }
    Preparation preparation = Preparation.of(ImageSettingsJson.parse(model.provenance()));
    DecodedFolder.Form form = new DecodedFolder.Form(shape.get(0), shape.get(1), shape.get(2));
    ImageFiles files = ImageFiles.read(images, preparation, form, model.classes());
    List<String> names =
        model.classNames().isEmpty() ? DataSet.numbered(model.classes()) : model.classNames();
    Iterator<float[]> rows =
        files
            .images()
            .map(good -> trained.probabilities(good, threads))
            .orElse(List.of())
            .iterator();
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      Optional<String> problem = files.problems().get(i);
      List<Candidate> classes = problem.isPresent() ? List.of() : candidates(rows.next(), names);
      predictions.add(new Prediction(images.get(i), classes, problem));
    }
    return predictions;
  }

  private static List<Candidate> candidates(float[] probabilities, List<String> names) {
    return IntStream.range(0, names.size())
        .mapToObj(label -> new Candidate(label, names.get(label), probabilities[label]))
        .sorted(Comparator.comparingDouble(Candidate::probability).reversed())
        .toList();
  }
}
