package org.bitloom.export;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.bitloom.model.BitTensor;
import org.bitloom.model.ModelTensor;

/** The constant arrays of a C program: bit strings without a gap between them, and floats. */
final class CConstants {
  private static final int PER_LINE = 12;
  private static final int FLOATS_PER_LINE = 5;

  private final List<Part> parts = new ArrayList<>();
  private final Map<String, String> names = new HashMap<>();

  /** Writes one of them. */
  private interface Part {
    void writeTo(Writer out) throws IOException;
  }

  /** Adds floats and returns the name of their array; {@code what} must be fit for a comment. */
  String floats(String what, float[] values) {
    String known = names.get(what);
    if (known != null) {
      return known;
    }
    String name = "bitloom_floats" + parts.size();
    names.put(what, name);
    parts.add(
        out -> {
          out.write("/* " + what + " */\n");
          array(out, "float " + name, values.length, FLOATS_PER_LINE, i -> literal(values[i]));
        });
    return name;
  }

  /** Adds the weights of a layer and returns the name of what describes them. */
  String weights(ModelTensor tensor) {
    String number = String.valueOf(parts.size());
    String name = "bitloom_weights" + number;
    String array = "bitloom_data" + number;
    String head = "/* " + tensor.name() + " " + tensor.shape();
    String struct = "static const struct bitloom_weights " + name + " = {";
    if (tensor instanceof BitTensor bits) {
      int depth = bits.layout().depth();
      parts.add(
          out -> {
            out.write(head + ", depth " + depth + " */\n");
            byte[] packed = packed(bits);
            array(out, "uint8_t " + array, packed.length, PER_LINE, i -> (packed[i] & 0xff) + "");
            out.write(struct + array + ", NULL, " + literal(bits.scale()) + ", " + depth + "};\n");
          });
    } else {
      parts.add(
          out -> {
            out.write(head + ", floats */\n");
            float[] values = tensor.weights();
            array(out, "float " + array, values.length, FLOATS_PER_LINE, i -> literal(values[i]));
            out.write(struct + "NULL, " + array + ", 1, 1};\n");
          });
    }
    return name;
  }

  /** Lays bit strings one after the other, from the lowest bit of the first byte on. */
  private static byte[] packed(BitTensor tensor) {
    int depth = tensor.layout().depth();
    byte[] packed = new byte[Math.toIntExact(((long) tensor.size() * depth + 7) / Byte.SIZE)];
    long at = 0;
    for (int i = 0; i < tensor.size(); i++) {
      int code = tensor.code(i);
      for (int bit = 0; bit < depth; bit++, at++) {
        packed[(int) (at / Byte.SIZE)] |= (byte) ((code >>> bit & 1) << at % Byte.SIZE);
      }
    }
    return packed;
  }

  private static void array(
      Writer out, String declared, int length, int perLine, IntFunction<String> element)
      throws IOException {
    out.write("static const " + declared + "[" + length + "] = {");
    for (int i = 0; i < length; i++) {
      out.write((i == 0 ? "" : ",") + (i % perLine == 0 ? "\n  " : " ") + element.apply(i));
    }
    out.write("};\n");
  }

  /** Prints a float to the bit. */
  static String literal(float value) {
    return Float.toHexString(value) + "f";
  }

  void writeTo(Writer out) throws IOException {
    for (Part part : parts) {
      part.writeTo(out);
    }
  }
}
