package org.bitloom.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
import org.bitloom.graph.GraphJson;
import org.bitloom.model.Architecture;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.ModelTensor;

/**
 * Holds what the header of a model file says besides the arrays.
 *
 * <p>Broken text is an {@link IllegalArgumentException} here, with what must hold and what was
 * found; {@link ModelFile} adds the path.
 *
 * @param classNames names of the classes; empty = not said
 * @param graph the network as JSON values, not yet checked: damaged bits can be saved without it
 * @param tensors names and layouts in layer order; the layout of a float tensor is null
 * @param normalization how pixels become inputs
 * @param inner what it says of a nested network, whose tensors have {@link #INNER_PREFIX} in front
 *     of their names
 */
record ModelMetadata(
    String network,
    List<Integer> inputShape,
    int classes,
    List<String> classNames,
    Optional<Object> graph,
    List<TensorSpec> tensors,
    NormalizationEntry normalization,
    Map<String, String> provenance,
    Optional<ModelMetadata> inner) {

  static final String FORMAT = "format";
  static final String FORMAT_NAME = "bitloom";
  static final String VERSION = "formatVersion";
  static final int LATEST_VERSION = 3;
  static final String INNER_PREFIX = "inner/";

  /** Format 1 with a nested network; neither had graphs or names of classes. */
  private static final String VERSION_2 = "2";

  private static final List<String> VERSIONS =
      List.of("1", VERSION_2, String.valueOf(LATEST_VERSION));

  static final String NETWORK = "network";
  static final String INPUT_SHAPE = "inputShape";
  static final String CLASSES = "classes";
  static final String CLASS_NAMES = "classNames";
  static final String GRAPH = "graph";
  static final String TENSORS = "tensors";
  static final String NORMALIZATION = "normalization";
  static final String PROVENANCE = "provenance";
  static final String INNER = "inner";

  /** What every format says of every network, nested or not. */
  private static final List<String> NETWORK_KEYS =
      List.of(NETWORK, INPUT_SHAPE, CLASSES, TENSORS, NORMALIZATION, PROVENANCE);

  /** What is said of a network only where there is something to say. */
  private static final List<String> OPTIONAL_KEYS = List.of(CLASS_NAMES, GRAPH, INNER);

  /** Names a parameter; {@code layout} is null for floats. */
  record TensorSpec(String name, BitLayout layout) {
    boolean isBits() {
      return layout != null;
    }
  }

  /**
   * Returns which network it is.
   *
   * @throws IllegalArgumentException if its graph is wrong
   */
  Architecture architecture() {
    return new Architecture(network, graph.map(GraphJson::parse));
  }

  /** Prints everything about {@code model} that is not an array, in the order of the file. */
  static Map<String, String> print(BitModel model) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(FORMAT, FORMAT_NAME);
    facts.put(VERSION, String.valueOf(LATEST_VERSION));
    values(model, "")
        .forEach(
            (key, value) ->
                facts.put(key, key.equals(NETWORK) ? (String) value : Json.print(value)));
    return facts;
  }

  private static Map<String, Object> values(BitModel model, String prefix) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(NETWORK, model.network());
    values.put(INPUT_SHAPE, model.inputShape());
    values.put(CLASSES, model.classes());
    if (!model.classNames().isEmpty()) {
      values.put(CLASS_NAMES, model.classNames());
    }
    model.graph().ifPresent(graph -> values.put(GRAPH, GraphJson.print(graph)));
    values.put(TENSORS, model.tensors().stream().map(ModelMetadata::spec).toList());
    values.put(NORMALIZATION, new NormalizationEntry(model.normalization().kind(), prefix).print());
    values.put(PROVENANCE, model.provenance());
    model.inner().ifPresent(inner -> values.put(INNER, values(inner, prefix + INNER_PREFIX)));
    return values;
  }

  private static Map<String, Object> spec(ModelTensor tensor) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("name", tensor.name());
    if (tensor instanceof BitTensor bits) {
      spec.put("kind", "bits");
      spec.put("depth", bits.layout().depth());
      spec.put("mask", bits.layout().mask());
    } else {
      spec.put("kind", "float");
    }
    return spec;
  }

  /** Checks that this reader may go on. */
  static void checkVersion(Path path, Map<String, String> facts) throws CorruptFileException {
    String format = facts.get(FORMAT);
    if (!FORMAT_NAME.equals(format)) {
      throw CorruptFileException.otherKind(
          path,
          "metadata format must be bitloom, got "
              + format
              + ": plain weights in safetensors, not a model of bitloom",
          "train --init-from starts from such weights; the model is what that run leaves");
    }
    String version = facts.get(VERSION);
    if (version == null || !VERSIONS.contains(version)) {
      throw CorruptFileException.otherKind(
          path,
          "Unknown format " + version + ", this bitloom reads at most " + LATEST_VERSION,
          "use a newer bitloom");
    }
  }

  /** Says whether metadata of a checked version are of an earlier format. */
  static boolean isEarlier(Map<String, String> facts) {
    return !facts.get(VERSION).equals(String.valueOf(LATEST_VERSION));
  }

  /** Reads metadata of a checked version. */
  static ModelMetadata parse(Map<String, String> facts) {
    String version = facts.get(VERSION);
    List<String> required = new ArrayList<>(List.of(FORMAT, VERSION));
    required.addAll(NETWORK_KEYS);
    required.addAll(
        version.equals(VERSION_2) ? List.of(INNER, Checksum.KEY) : List.of(Checksum.KEY));
    List<String> optional = isEarlier(facts) ? List.of() : OPTIONAL_KEYS;
    checkKeys("metadata", facts, required, optional);
    Map<String, Object> values = new LinkedHashMap<>();
    for (String key : facts.keySet()) {
      if (NETWORK_KEYS.contains(key) || OPTIONAL_KEYS.contains(key)) {
        String text = facts.get(key);
        values.put(key, key.equals(NETWORK) ? text : Json.parse(text));
      }
    }
    return parse(values, "", version.equals(VERSION_2) ? List.of(INNER) : optional);
  }

  static void checkKeys(
      String what, Map<?, ?> found, List<String> required, List<String> optional) {
    Set<Object> others = new LinkedHashSet<>(found.keySet());
    required.forEach(others::remove);
    optional.forEach(others::remove);
    expect(
        found.keySet().containsAll(required) && others.isEmpty(),
        what
            + " must have the keys "
            + required
            + (optional.isEmpty() ? "" : " and may have " + optional),
        found.keySet());
  }

  private static ModelMetadata parse(Map<?, ?> values, String prefix, List<String> optional) {
    checkKeys("a nested network", values, NETWORK_KEYS, optional);
    List<Integer> inputShape = new ArrayList<>();
    for (Object dimension : list(INPUT_SHAPE, values.get(INPUT_SHAPE))) {
      inputShape.add(integer(INPUT_SHAPE, dimension));
    }
    List<TensorSpec> tensors = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Object spec : list(TENSORS, values.get(TENSORS))) {
      TensorSpec tensor = parseSpec(object(TENSORS, spec));
      tensors.add(tensor);
      // else a tensor of megabytes would be read as often as it is listed
      expect(names.add(tensor.name()), "names of the tensors must differ", tensor.name());
    }
    return new ModelMetadata(
        string(NETWORK, values.get(NETWORK)),
        inputShape,
        integer(CLASSES, values.get(CLASSES)),
        values.containsKey(CLASS_NAMES) ? classNames(values.get(CLASS_NAMES)) : List.of(),
        values.containsKey(GRAPH)
            ? Optional.of(object(GRAPH, values.get(GRAPH)))
            : Optional.empty(),
        tensors,
        NormalizationEntry.parse(values.get(NORMALIZATION), prefix),
        provenance(object(PROVENANCE, values.get(PROVENANCE))),
        values.containsKey(INNER)
            ? Optional.of(parse(object(INNER, values.get(INNER)), prefix + INNER_PREFIX, optional))
            : Optional.empty());
  }

  static List<String> classNames(Object value) {
    List<String> names = new ArrayList<>();
    for (Object name : list(CLASS_NAMES, value)) {
      names.add(string(CLASS_NAMES, name));
    }
    expect(!names.isEmpty(), CLASS_NAMES + " must hold names or be left out", names);
    return names;
  }

  private static TensorSpec parseSpec(Map<?, ?> spec) {
    String name = string("name", spec.get("name"));
    String kind = string("kind of " + name, spec.get("kind"));
    if (kind.equals("float")) {
      expect(spec.size() == 2, "float tensor must have name and kind", spec);
      return new TensorSpec(name, null);
    }
    expect(kind.equals("bits"), "kind of " + name + " must be bits or float", kind);
    expect(spec.size() == 4, "bit tensor must have name, kind, depth and mask", spec);
    int depth = integer("depth of " + name, spec.get("depth"));
    BitMask mask = BitMask.parse(string("mask of " + name, spec.get("mask")));
    expect(mask.isExplicit(), "mask of " + name + " must be digits", mask);
    return new TensorSpec(name, mask.at(depth));
  }

  static Map<String, String> provenance(Map<?, ?> members) {
    Map<String, String> facts = new LinkedHashMap<>();
    members.forEach((key, value) -> facts.put((String) key, string(PROVENANCE + " " + key, value)));
    return facts;
  }

  static int integer(String what, Object value) {
    boolean fits = value instanceof Long number && number >= 1 && number <= Integer.MAX_VALUE;
    expect(fits, what + " must be an integer of 1..2147483647", value);
    return ((Long) value).intValue();
  }

  static String string(String what, Object value) {
    expect(value instanceof String, what + " must be a String", value);
    return (String) value;
  }

  static List<?> list(String what, Object value) {
    expect(value instanceof List<?>, what + " must be an array", value);
    return (List<?>) value;
  }

  static Map<?, ?> object(String what, Object value) {
    expect(value instanceof Map<?, ?>, what + " must be an object", value);
    return (Map<?, ?>) value;
  }

  static void expect(boolean holds, String what, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(what + ", got " + found);
    }
  }
}
