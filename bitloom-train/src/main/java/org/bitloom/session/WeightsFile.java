package org.bitloom.session;

import ai.djl.nn.Parameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.bitloom.data.ImageSet;
import org.bitloom.error.UsageException;
import org.bitloom.io.CorruptFileException;
import org.bitloom.io.FileKind;
import org.bitloom.io.ModelFile;
import org.bitloom.io.SafetensorsFile;
import org.bitloom.io.TensorEntry;
import org.bitloom.io.TensorType;
import org.bitloom.model.BitModel;
import org.bitloom.model.FloatTensor;
import org.bitloom.model.ModelTensor;
import org.bitloom.session.batch.NativeFloats;
import org.bitloom.settings.InitFrom;

/**
 * Copies the weights of a trained network, from a model file or a plain safetensors file of floats.
 *
 * <p>Bit-wise tensors give their real values. Of a file of other tools, floats of other widths are
 * converted, the names that wrappers of PyTorch put in front are taken away, and integers, such as
 * counters of batches, are left out; {@link #remarks} says so.
 */
final class WeightsFile implements InitialWeights {
  private static final String HINT = "choose the --net it was made for, or another --init-from";

  /** What DataParallel and torch.compile put in front of names, in any order. */
  private static final Pattern WRAPPERS = Pattern.compile("^((module|_orig_mod)\\.)+");

  /** The same of modules within the network. */
  private static final Pattern INNER_WRAPPERS =
      Pattern.compile("(^|(?<=\\.))(module|_orig_mod)\\.");

  private static final int MOST_NAMED = 5;

  private final Path file;
  private final Buffers buffers;
  private final Map<String, ModelTensor> tensors = new LinkedHashMap<>();
  private final Map<String, TensorType> leftOut = new LinkedHashMap<>();
  private final List<String> remarks = new ArrayList<>();

  /**
   * What is known of the network before it is built.
   *
   * @param are says which names are no parameters but buffers, which the network takes itself
   * @param ofFloats says which of those hold 32-bit floats
   * @param known says which names the network has; none, where that is not known
   */
  record Buffers(Predicate<String> are, Predicate<String> ofFloats, Predicate<String> known) {
    /** Has no buffers, and names that no wrapper ever had. */
    static final Buffers NONE = new Buffers(name -> false, name -> false, name -> false);
  }

  private WeightsFile(Path file, Buffers buffers) {
    this.file = file;
    this.buffers = buffers;
  }

  /**
   * Reads the file.
   *
   * @param images that the network will see
   * @param buffers of the network
   * @throws UsageException if it is not the file of the settings, or made for other images
   * @throws IOException if the file is damaged, of another kind, or cannot be read
   */
  static WeightsFile read(InitFrom from, ImageSet images, Buffers buffers) throws IOException {
    from.verify();
    WeightsFile weights = new WeightsFile(from.file(), buffers);
    if (isModel(weights.file)) {
      BitModel model = ModelFile.read(weights.file);
      checkImages(weights.file, model, images);
      model.tensors().forEach(tensor -> weights.tensors.put(tensor.name(), tensor));
    } else {
      weights.readPlain();
    }
    return weights;
  }

  private static boolean isModel(Path file) throws IOException {
    if (FileKind.of(file) == FileKind.PACKED) {
      return true;
    }
    try (SafetensorsFile opened = SafetensorsFile.open(file)) {
      return "bitloom".equals(opened.metadata().get("format"));
    }
  }

  private void readPlain() throws IOException {
    Set<TensorType> converted = new LinkedHashSet<>();
    Map<String, String> stripped = new LinkedHashMap<>();
    try (SafetensorsFile opened = SafetensorsFile.open(file)) {
      for (TensorEntry entry : opened.tensors()) {
        String name = plain(entry.name());
        boolean own = buffers.are().test(name) && !buffers.ofFloats().test(name);
        if (!isFloat(entry.type()) || (own && entry.type() != TensorType.F32)) {
          leftOut.put(name, entry.type());
          continue;
        }
        if (entry.type() != TensorType.F32) {
          converted.add(entry.type());
        }
        if (!name.equals(entry.name())) {
          stripped.put(entry.name(), name);
        }
        List<Integer> shape = new ArrayList<>();
        for (long dimension : entry.shape()) {
          shape.add(Math.toIntExact(dimension));
        }
        float[] values = opened.data(entry.name()).toFloats();
        if (tensors.put(name, new FloatTensor(name, shape, values)) != null) {
          throw new IllegalArgumentException(
              "names must differ without module. and _orig_mod., " + name + " comes twice");
        }
      }
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new CorruptFileException(
          file, "file must hold float tensors of finite numbers", e.getMessage());
    }
    remark(converted, stripped);
  }

  private static boolean isFloat(TensorType type) {
    return switch (type) {
      case F32, F64, F16, BF16 -> true;
      default -> false;
    };
  }

  /** Takes wrappers away from a name that the network does not have. */
  private String plain(String name) {
    String inFront = WRAPPERS.matcher(name).replaceFirst("");
    String everywhere = INNER_WRAPPERS.matcher(name).replaceAll("");
    return Arrays.asList(name, inFront, everywhere).stream()
        .filter(buffers.known())
        .findFirst()
        .orElse(inFront.replace("._orig_mod.", "."));
  }

  private void remark(Set<TensorType> converted, Map<String, String> stripped) {
    if (!converted.isEmpty()) {
      remarks.add("numbers of " + file + " were converted to F32 from " + converted);
    }
    if (!stripped.isEmpty()) {
      Map.Entry<String, String> first = stripped.entrySet().iterator().next();
      remarks.add(
          "names of "
              + file
              + " were taken without module. and _orig_mod.: "
              + first.getKey()
              + " is "
              + first.getValue());
    }
    if (!leftOut.isEmpty()) {
      remarks.add(
          "left out of "
              + file
              + ", which the network keeps its own of or does not have: "
              + named(leftOut.keySet()));
    }
  }

  private static String named(Collection<String> names) {
    List<String> all = List.copyOf(names);
    int more = all.size() - MOST_NAMED;
    return more <= 0
        ? String.join(", ", all)
        : String.join(", ", all.subList(0, MOST_NAMED)) + " and " + more + " more";
  }

  private static void checkImages(Path file, BitModel model, ImageSet images) {
    List<Integer> shape = List.of(images.channels(), images.height(), images.width());
    if (!model.inputShape().equals(shape) || model.classes() != images.classes()) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "the network to start from must have input %s and %d classes as the data have,"
                  + " %s has %s and %d",
              shape,
              images.classes(),
              file,
              model.inputShape(),
              model.classes()),
          "choose the --data it was made for, or another --init-from");
    }
  }

  /** Returns all tensors of the file that a network can take. */
  Collection<ModelTensor> tensors() {
    return tensors.values();
  }

  @Override
  public List<String> remarks() {
    return List.copyOf(remarks);
  }

  @Override
  public void fill(Map<String, Parameter> parameters) {
    check(parameters);
    parameters.forEach(
        (name, parameter) ->
            NativeFloats.of(parameter.getArray()).put(tensors.get(name).weights()));
  }

  /** Refuses a file of another network by its first difference and, if there are more, by all. */
  private void check(Map<String, Parameter> parameters) {
    List<String> missing = new ArrayList<>();
    List<String> others = new ArrayList<>();
    List<String> leftOver = new ArrayList<>(tensors.keySet());
    leftOver.removeIf(name -> parameters.containsKey(name) || buffers.are().test(name));
    String first = null;
    for (Map.Entry<String, Parameter> parameter : parameters.entrySet()) {
      String name = parameter.getKey();
      List<Integer> expected = ModelTransfer.shape(parameter.getValue());
      ModelTensor found = tensors.get(name);
      if (found == null || !found.shape().equals(expected)) {
        (found == null ? missing : others).add(name);
        first = first == null ? difference(name, expected, found) : first;
      }
    }
    if (first == null && !leftOver.isEmpty()) {
      String name = leftOver.get(0);
      first =
          "the network has no parameter "
              + name
              + ", "
              + file
              + " has one of shape "
              + tensors.get(name).shape();
    }
    if (first != null) {
      boolean alone = missing.size() + others.size() + leftOver.size() == 1;
      throw new UsageException(alone ? first : first + all(missing, others, leftOver), HINT);
    }
  }

  private String difference(String name, List<Integer> expected, ModelTensor found) {
    String what = leftOut.containsKey(name) ? leftOut.get(name) + ", no floats" : "none";
    return String.format(
        Locale.ROOT,
        "parameter %s must have shape %s to start from, %s has %s",
        name,
        expected,
        file,
        found == null ? what : found.shape());
  }

  private static String all(List<String> missing, List<String> others, List<String> leftOver) {
    List<String> parts = new ArrayList<>();
    if (!missing.isEmpty()) {
      parts.add("missing " + named(missing));
    }
    if (!others.isEmpty()) {
      parts.add("of other shapes " + named(others));
    }
    if (!leftOver.isEmpty()) {
      parts.add("left over " + named(leftOver));
    }
    return "; in all: " + String.join("; ", parts);
  }
}
