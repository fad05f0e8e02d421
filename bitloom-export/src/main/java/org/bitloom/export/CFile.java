package org.bitloom.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bitloom.io.AtomicFiles;
import org.bitloom.model.BitModel;

/**
 * Writes one C99 file that needs nothing but the standard headers and allocates nothing: weights
 * are constant arrays of packed bits, values between the layers lie in static arrays.
 */
final class CFile {
  private static final List<String> SIDES = List.of("CHANNELS", "HEIGHT", "WIDTH");

  private static final String PREDICT =
      """

      /* Takes BITLOOM_INPUT_SIZE raw pixels, 0..255, channel by channel and row by row, and gives
         BITLOOM_CLASSES scores. Not for two threads at once. */
      void bitloom_predict(const float *input, float *scores);

      void bitloom_predict(const float *input, float *scores) {
      """;

  private final BitModel model;
  private final CNodes nodes;

  private CFile(BitModel model) {
    this.model = model;
    nodes = new CNodes(model);
  }

  static List<String> write(BitModel model, Path target) throws IOException {
    CFile file = new CFile(model);
    AtomicFiles.write(
        target,
        out -> {
          Writer text = new OutputStreamWriter(out, StandardCharsets.US_ASCII);
          file.writeTo(text);
          text.flush();
        });
    long floats = file.nodes.values().lengths().stream().mapToLong(Integer::longValue).sum();
    long bytes = floats * Float.BYTES;
    return List.of("static memory beside the constants: " + bytes + " bytes");
  }

  private void writeTo(Writer out) throws IOException {
    head(out);
    for (String function : nodes.functions()) {
      out.write(source(function));
    }
    nodes.constants().writeTo(out);
    out.write('\n');
    List<Integer> lengths = nodes.values().lengths();
    for (int i = 0; i < lengths.size(); i++) {
      out.write("static float " + CValues.name(i) + "[" + lengths.get(i) + "];\n");
    }
    out.write(PREDICT);
    out.write(nodes.calls());
    out.write("}\n");
  }

  private void head(Writer out) throws IOException {
    out.write("/* A network of bits, written by bitloom: " + comment(model.network()) + "\n");
    for (Map.Entry<String, String> fact : model.provenance().entrySet()) {
      out.write("   " + comment(fact.getKey()) + ": " + comment(fact.getValue()) + "\n");
    }
    out.write("*/\n#include <stddef.h>\n#include <stdint.h>\n#include <string.h>\n\n");
    List<Integer> shape = model.inputShape();
    for (int i = 0; i < shape.size() && shape.size() == SIDES.size(); i++) {
      out.write("#define BITLOOM_" + SIDES.get(i) + " " + shape.get(i) + "\n");
    }
    out.write("#define BITLOOM_INPUT_SIZE " + CValues.size(shape) + "\n");
    out.write("#define BITLOOM_CLASSES " + model.classes() + "\n\n");
    if (!model.classNames().isEmpty()) {
      out.write("extern const char *const bitloom_class_names[BITLOOM_CLASSES];\n");
      out.write("const char *const bitloom_class_names[BITLOOM_CLASSES] = {\n");
      for (String name : model.classNames()) {
        out.write("  " + literal(name) + ",\n");
      }
      out.write("};\n\n");
    }
  }

  /** Leaves what can neither end a comment nor mean anything in it. */
  private static String comment(String text) {
    return text.replaceAll("[^A-Za-z0-9 ._,:=+()\\[\\]{}-]", "_");
  }

  /** Prints a string, all but plain ASCII as octal numbers, which end after three digits. */
  private static String literal(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = each >= ' ' && each <= '~' && each != '"' && each != '\\' && each != '?';
      if (plain) {
        literal.append((char) each);
      } else {
        literal.append('\\');
        for (int shift = 6; shift >= 0; shift -= 3) {
          literal.append((each & 0xff) >> shift & 7);
        }
      }
    }
    return literal.append('"').toString();
  }

  private static String source(String function) throws IOException {
    try (InputStream text = CFile.class.getResourceAsStream("c/" + function + ".c")) {
      return new String(text.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
