package org.bitloom.session;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bitloom.data.DataSet;
import org.bitloom.data.DataSets;
import org.bitloom.data.ImageSet;
import org.bitloom.download.DownloadProgress;
import org.bitloom.error.UsageException;
import org.bitloom.images.ImageFolder;
import org.bitloom.images.choice.ImageSettings;
import org.bitloom.model.BitModel;
import org.bitloom.model.ClassMatch;
import org.bitloom.model.ConfusionMatrix;
import org.bitloom.model.Mistake;
import org.bitloom.model.Reading;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.settings.ImageSettingsJson;
import org.bitloom.settings.RecordedData;

/**
 * The result of running a model over labelled samples.
 *
 * @param answers how they fell, by label
 * @param loss mean softmax cross-entropy
 * @param classNames of the labels, in order; empty = not known
 * @param mistakes the worst, worst first; empty also where single answers were not looked at
 */
public record Evaluation(
    ConfusionMatrix answers, double loss, List<String> classNames, List<Mistake> mistakes) {
  public Evaluation {
    classNames = List.copyOf(classNames);
    mistakes = List.copyOf(mistakes);
  }

  /** Did not look at single answers. */
  public Evaluation(ConfusionMatrix answers, double loss, List<String> classNames) {
    this(answers, loss, classNames, List.of());
  }

  /** Does not know how the classes are called. */
  public Evaluation(ConfusionMatrix answers, double loss) {
    this(answers, loss, List.of());
  }

  /** Returns how many samples had their label as the largest output. */
  public int correct() {
    return Math.toIntExact(answers.correct());
  }

  /** Returns how many samples were seen. */
  public int total() {
    return Math.toIntExact(answers.total());
  }

  /** Returns the share of correct samples, 0..1. */
  public double accuracy() {
    return (double) correct() / total();
  }

  /**
   * Where the samples come from.
   *
   * @param name of the data set; empty = the one the model was trained on
   * @param folder that holds the data set; empty = the usual places
   * @param images what was chosen of how an image folder is read; the rest is done as when the
   *     model was trained
   * @param downloads hears of the data being downloaded
   * @param notices hears in plain words of images left out and of decoding, which takes a while
   */
  public record Data(
      Optional<String> name,
      Optional<Path> folder,
      ImageSettings images,
      DownloadProgress downloads,
      Consumer<String> notices) {
    /** Refuses damaged images, and tells nothing of images. */
    public Data(Optional<String> name, Optional<Path> folder, DownloadProgress downloads) {
      this(name, folder, ImageSettings.STRICT, downloads, line -> {});
    }

    /** Images become pixels as they did in training, unless something else was chosen. */
    private ImageSettings images(Map<String, String> provenance) throws IOException {
      ImageSettings trained = ImageSettingsJson.parse(provenance);
      if (name.isEmpty()) {
        return new ImageSettings(
            images.skipBadImages() || trained.skipBadImages(),
            images.size().or(trained::size),
            images.range().or(trained::range),
            images.split().or(trained::split));
      }
      if (!DataSets.isImageFolder(name.get())) {
        return images;
      }
      boolean divided = ImageFolder.saysWhatToTest(Path.of(name.get()));
      return new ImageSettings(
          images.skipBadImages(),
          images.size().or(trained::size),
          images.range().or(trained::range),
          divided ? images.split() : images.split().or(trained::split));
    }

    /**
     * Loads what was named, or else the data of the model, wherever they lie now.
     *
     * @param file that the model was read from
     */
    private DataSet load(BitModel model, Path file) throws IOException {
      DataSets sets = DataSets.standard(downloads).withImages(images(model.provenance()), notices);
      if (name.isPresent() || folder.isPresent()) {
        String own = model.provenance().getOrDefault("data", "mnist");
        return sets.load(name.orElse(own), folder);
      }
      RecordedData recorded = RecordedData.of(model, file);
      RecordedData.Found found = recorded.find(sets, file.toAbsolutePath().normalize().getParent());
      if (!found.same()) {
        notices.accept(
            "data are not those the model was trained on (SHA-256 "
                + recorded.sha256()
                + "), "
                + found.data().name()
                + " has "
                + found.data().sha256());
      }
      return found.data();
    }
  }

  /**
   * What is evaluated.
   *
   * @param model path of a model file
   * @param network path of the module that the model was trained from; empty = the one beside the
   *     model, or a network known by name
   * @param reading how its bits are read
   */
  public record Source(Path model, Optional<Path> network, Reading reading) {}

  /** Evaluates on the processor a model whose network is known or lies beside it. */
  public static Evaluation ofModel(Path model, Data samples, int threads) throws IOException {
    return ofModel(new Source(model, Optional.empty(), Reading.PLAIN), samples, threads);
  }

  /** Evaluates on the processor. */
  public static Evaluation ofModel(Source source, Data samples, int threads) throws IOException {
    return ofModel(source, samples, threads, DeviceChoice.CPU);
  }

  /**
   * Evaluates a model file on the test part of a data set.
   *
   * @param source what is evaluated
   * @param samples where its samples come from
   * @param threads of the engine
   * @param device where it is computed
   * @throws UsageException if model, reading, network and data do not fit together
   * @throws org.bitloom.error.FailureException if the network has other parameters than the model,
   *     or the engine cannot be loaded
   * @throws IOException if model, network or data cannot be read
   */
  public static Evaluation ofModel(Source source, Data samples, int threads, DeviceChoice device)
      throws IOException {
    TrainedModel trained = TrainedModel.read(source);
    return of(
        trained,
        source,
        samples,
        images -> trained.evaluate(images, threads, device, samples.notices()));
  }

  /**
   * Evaluates a model file in plain Java, without the engine, on the test part of a data set.
   *
   * @param source what is evaluated
   * @param samples where its samples come from
   * @param threads that it is computed by; whatever their number, the result is the same
   * @throws UsageException if the network is one that only the engine can run, or model, reading
   *     and data do not fit together
   * @throws IOException if model or data cannot be read
   */
  public static Evaluation inJava(Source source, Data samples, int threads) throws IOException {
    TrainedModel trained = TrainedModel.readPlain(source);
    return of(trained, source, samples, images -> trained.evaluateInJava(images, threads));
  }

  private static Evaluation of(
      TrainedModel trained, Source source, Data samples, Function<ImageSet, Evaluation> measure)
      throws IOException {
    BitModel model = trained.model();
    DataSet set = samples.load(model, source.model());
    trained.checkFit(set);
    ClassMatch match = ClassMatch.of(model.classNames(), set.classNames(), set.name());
    match.remark().ifPresent(samples.notices());
    Evaluation found = measure.apply(set.test().relabelled(match.classOf()));
    return new Evaluation(
        found.answers(), found.loss(), match.names(model.classNames(), set.classNames()));
  }
}
