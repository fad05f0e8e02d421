package org.bitloom.testkit.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Changes pickles by whole instructions, among them those that have a value hold itself. */
public final class PickleVariant {
  private static final String INSTRUCTIONS = ".(}])NeasutRbQ0120lodpgcqhrjKMJGXU\u0080\u0081\u0085";

  private PickleVariant() {}

  /** Returns single instructions, and short runs of them that have made readers hang. */
  public static List<byte[]> words() {
    List<byte[]> words = new ArrayList<>();
    for (int i = 0; i < INSTRUCTIONS.length(); i++) {
      words.add(bytes(INSTRUCTIONS.substring(i, i + 1)));
    }
    words.add(bytes("]q\0h\0a")); // a list that holds itself
    words.add(bytes("}q\0(X\1\0\0\0ah\0u")); // a dictionary that does
    words.add(bytes("X\u00ff\u00ff\u00ff\u007fa")); // a text that claims 2 GiB
    words.add(bytes("\u008a\u00ff\1")); // an integer that claims 255 bytes
    words.add(bytes("r\u00ff\u00ff\u00ff\u007f")); // remembers under 2^31-1
    words.add(bytes("\u008d\0\0\0\u0080\0\0\0\0a"));
    words.add(bytes("J\u00ff\u00ff\u00ff\u007f"));
    words.add(bytes("J\0\0\0\u0080"));
    words.add(bytes("\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f"));
    return words;
  }

  /** Returns a pickle with other bytes, or one whose value doubles itself again and again. */
  public static byte[] vary(byte[] pickle, Mutator mutator) {
    SplittableRandom random = mutator.random();
    if (random.nextInt(4) != 0 || pickle.length < 4) {
      return mutator.mutate(pickle);
    }
    int at = random.nextInt(2, pickle.length);
    int times = 1 + random.nextInt(100);
    StringBuilder code = new StringBuilder();
    if (random.nextBoolean()) {
      code.append(random.nextBoolean() ? "]q\0" : "}q\0");
      for (int i = 0; i < times; i++) {
        char last = (char) i;
        char next = (char) (i + 1);
        code.append("h").append(last).append("h").append(last).append("\u0086q").append(next);
        code.append(random.nextInt(3) == 0 ? "0" : "");
      }
    } else {
      code.append(random.nextBoolean() ? "(" : "]").append("]".repeat(times));
      code.append((random.nextBoolean() ? "a" : "\u0085").repeat(times));
    }
    byte[] inserted = bytes(code.toString());
    return Mutator.replaced(pickle, at, 0, inserted);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
