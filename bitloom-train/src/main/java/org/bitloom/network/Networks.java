package org.bitloom.network;

import ai.djl.nn.Block;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import org.bitloom.error.UsageException;
import org.bitloom.script.ScriptNetwork;

/** The networks that bitloom knows by name. */
public final class Networks {
  private static final Map<String, Architecture> BY_NAME = byName();

  /** How the file of a user's own network ends. */
  private static final String ENDING = ".pt";

  private Networks() {}

  /**
   * A network by name.
   *
   * @param smallestSide least height and width of its images
   * @param builder makes it for a number of classes
   */
  private record Architecture(int smallestSide, IntFunction<Block> builder) {}

  private static Map<String, Architecture> byName() {
    Map<String, Architecture> known = new LinkedHashMap<>();
    known.put(
        "lenet300", new Architecture(1, classes -> PlainNets.dense(List.of(300, 100), classes)));
    for (int stages = 1; stages <= 3; stages++) {
      int count = stages;
      known.put(
          "conv" + 2 * stages,
          new Architecture(1 << stages, classes -> PlainNets.conv(count, classes)));
    }
    for (int depth : List.of(20, 32, 44, 56, 110)) {
      known.put("resnet" + depth, new Architecture(1, classes -> ResNets.v1(depth, classes)));
    }
    for (int depth : List.of(29, 56, 110)) {
      known.put(
          "resnet" + depth + "v2", new Architecture(1, classes -> ResNets.v2(depth, classes)));
    }
    return known;
  }

  /** Returns the known names. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /**
   * Checks the name or file of a network without loading the engine.
   *
   * @throws UsageException if the name is unknown or there is no such file
   * @throws IOException if the file cannot be looked at
   */
  public static void check(String nameOrFile) throws IOException {
    if (isFile(nameOrFile)) {
      ScriptNetwork.checkFile(Path.of(nameOrFile));
    } else {
      checkName(nameOrFile);
    }
  }

  /**
   * Opens a network by name, or the TorchScript module in a file that ends in {@code .pt}; does not
   * load the engine.
   *
   * @throws UsageException if the name is unknown or the file is no network
   * @throws IOException if the file cannot be read
   */
  public static Network open(String nameOrFile) throws IOException {
    if (!isFile(nameOrFile)) {
      return new NamedNetwork(nameOrFile);
    }
    Path file = Path.of(nameOrFile);
    return new OwnNetwork(ScriptNetwork.read(file, file.getFileName().toString()));
  }

  /** Says whether the name of a network is the path of a file. */
  public static boolean isFile(String network) {
    return network.endsWith(ENDING);
  }

  static void checkName(String name) {
    if (!BY_NAME.containsKey(name)) {
      throw new UsageException(
          "network must be one of "
              + String.join(", ", names())
              + " or a TorchScript file NAME.pt, got '"
              + name
              + "'",
          "choose one with --net");
    }
  }

  /**
   * Checks that images of a size can pass through a network.
   *
   * @throws UsageException if the name is unknown or the images are too small
   */
  public static void checkImages(String name, int height, int width) {
    checkName(name);
    int least = BY_NAME.get(name).smallestSide();
    if (Math.min(height, width) < least) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "images for %s must be at least %dx%d, got %dx%d",
              name,
              least,
              least,
              height,
              width),
          "choose a network with fewer pools, or lenet300");
    }
  }

  /**
   * Builds a network, not yet initialized; its input is {@code [batch, channels, height, width]},
   * its output {@code [batch, classes]} logits.
   *
   * @throws UsageException if the name is unknown
   */
  public static Block build(String name, int classes) {
    checkName(name);
    return BY_NAME.get(name).builder().apply(classes);
  }
}
