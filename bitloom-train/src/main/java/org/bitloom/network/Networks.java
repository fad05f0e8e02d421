package org.bitloom.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.bitloom.data.ImageSet;
import org.bitloom.error.UsageException;
import org.bitloom.graph.Graph;
import org.bitloom.graph.KnownNetworks;
import org.bitloom.io.FileKind;
import org.bitloom.script.ScriptNetwork;

/** Finds networks: those that bitloom knows by name, and those in files. */
public final class Networks {
  /** How the file of a user's own network ends. */
  private static final String ENDING = ".pt";

  private Networks() {}

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
    if (!KnownNetworks.names().contains(name)) {
      Optional<FileKind> file = FileKind.ifFile(name);
      throw new UsageException(
          "network must be one of "
              + String.join(", ", KnownNetworks.names())
              + " or a TorchScript file NAME.pt, got '"
              + name
              + "'"
              + file.map(kind -> ", " + kind.title()).orElse(""),
          file.map(Networks::wayToANetwork).orElse("choose one with --net"));
    }
  }

  private static String wayToANetwork(FileKind kind) {
    return switch (kind) {
      case SAFETENSORS -> "weights and models go to --init-from; --net names what they are for";
      case PYTORCH ->
          "if it is a TorchScript module, give it a name that ends in .pt; a state dict holds no"
              + " network";
      case ONNX, HDF5, TFLITE, GGUF ->
          "make a TorchScript module of it in Python: torch.jit.script(net).save('net.pt')";
      default -> "choose one with --net";
    };
  }

  /**
   * Returns what a known network computes for images of a size.
   *
   * @throws UsageException if the name is unknown or the images are too small
   */
  public static Graph graph(String name, ImageSet images) {
    checkName(name);
    int least = KnownNetworks.smallestSide(name);
    if (Math.min(images.height(), images.width()) < least) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "images for %s must be at least %dx%d, got %dx%d",
              name,
              least,
              least,
              images.height(),
              images.width()),
          "choose a network with fewer pools, or lenet300");
    }
    try {
      return of(name, images, 1);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "%s cannot be built for images of %dx%d: %s",
              name,
              images.width(),
              images.height(),
              e.getMessage()),
          smaller(name, images, graph -> true)
              .map(size -> "make the images smaller, at most --resize " + size)
              .orElse("choose a smaller --net"));
    }
  }

  /**
   * Returns the largest size, as {@code WIDTHxHEIGHT}, of images shrunk by a whole factor with
   * which a known network is as it should be; empty if there is none, or the network is not known.
   */
  public static Optional<String> smaller(String name, ImageSet images, Predicate<Graph> good) {
    if (!KnownNetworks.names().contains(name)) {
      return Optional.empty();
    }
    int least = KnownNetworks.smallestSide(name);
    for (int factor = 2; Math.min(images.height(), images.width()) / factor >= least; factor++) {
      try {
        if (good.test(of(name, images, factor))) {
          return Optional.of(images.width() / factor + "x" + images.height() / factor);
        }
      } catch (IllegalArgumentException e) {
        // Still too large.
      }
    }
    return Optional.empty();
  }

  private static Graph of(String name, ImageSet images, int factor) {
    List<Integer> shape =
        List.of(images.channels(), images.height() / factor, images.width() / factor);
    return KnownNetworks.of(name, shape, images.classes());
  }
}
