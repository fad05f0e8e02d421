package org.bitloom.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Hands out model files of every format, as the version wrote them that had it first, their
 * samples, and what those versions said of them; {@code src/main/resources/golden/README.md} lists
 * them.
 */
public final class GoldenModels {
  /** Name of the TorchScript module that some models were trained from. */
  public static final String MODULE = "module.pt";

  private static final List<String> FORMAT_1 =
      List.of(
          "plain",
          "short",
          "long",
          "layers",
          "sign",
          "float",
          "payload",
          "module",
          "conv2",
          "conv4",
          "conv6",
          "resnet20",
          "resnet29v2");

  private static final List<String> FORMAT_2 = List.of("nested", "nested-twice", "nested-module");

  private static final List<String> FORMAT_3 =
      List.of("plain", "layers", "module", "conv2", "resnet20", "nested", "nested-module");

  private static final List<String> SAMPLES =
      List.of(
          "train-images-idx3-ubyte.gz",
          "train-labels-idx1-ubyte.gz",
          "t10k-images-idx3-ubyte.gz",
          "t10k-labels-idx1-ubyte.gz");

  private GoldenModels() {}

  /** Returns the names of all models of a format, such as {@code format1/plain}. */
  public static List<String> names(int format) {
    List<String> names =
        switch (format) {
          case 1 -> FORMAT_1;
          case 2 -> FORMAT_2;
          case 3 -> FORMAT_3;
          default -> throw new IllegalArgumentException("format must be 1..3, got " + format);
        };
    return names.stream().map(name -> "format" + format + "/" + name).toList();
  }

  /** Writes a model into {@code folder} and returns its path. */
  public static Path model(String name, Path folder) throws IOException {
    Path path = folder.resolve(name.replace('/', '-') + ".safetensors");
    try (InputStream packed = open(name + ".safetensors.gz");
        InputStream bytes = new GZIPInputStream(packed)) {
      Files.write(path, bytes.readAllBytes());
    }
    return path;
  }

  /**
   * Returns what the version that wrote a model said of it: a JSON object with the answers of
   * {@code eval --json} and {@code inspect --json} under {@code eval} and {@code inspect}.
   */
  public static String facts(String name) throws IOException {
    try (InputStream text = open(name + ".json")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Writes the samples, four gzipped idx files, into {@code folder}. */
  public static void writeSamples(Path folder) throws IOException {
    for (String file : SAMPLES) {
      copy("data/" + file, folder.resolve(file));
    }
  }

  /** Writes the module that some models were trained from to {@code path}. */
  public static void writeModule(Path path) throws IOException {
    copy(MODULE, path);
  }

  private static void copy(String name, Path path) throws IOException {
    try (InputStream bytes = open(name)) {
      Files.write(path, bytes.readAllBytes());
    }
  }

  private static InputStream open(String name) throws IOException {
    InputStream stream = GoldenModels.class.getResourceAsStream("/golden/" + name);
    if (stream == null) {
      throw new IOException("golden models must hold " + name + ", it is missing");
    }
    return stream;
  }
}
