package org.bitloom.seal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bitloom.bits.BitMask;
import org.bitloom.model.Architecture;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.Normalization;
import org.bitloom.model.Task;
import org.bitloom.testkit.Seeds;

/** Makes networks and payloads for tests. */
final class Samples {
  /** Cheap to derive keys from; real locks take {@link ScryptStanza#USUAL_WORK}. */
  static final int WORK = 4;

  private Samples() {}

  /** Returns a network of random bit strings of two dense layers. */
  static BitModel model(int depth, String mask, int inputs) {
    SplittableRandom random = Seeds.random();
    List<ModelTensor> tensors = new ArrayList<>();
    for (int[] shape : new int[][] {{41, inputs}, {10, 41}}) {
      int all = -1 >>> (32 - depth);
      int[] codes = random.ints((long) shape[0] * shape[1]).map(code -> code & all).toArray();
      tensors.add(
          new BitTensor(
              "w" + tensors.size(),
              List.of(shape[0], shape[1]),
              BitMask.parse(mask).at(depth),
              0.5f,
              codes));
    }
    return new BitModel(
        Architecture.opaque("own"),
        new Task(List.of(inputs), Normalization.none(inputs), 10),
        tensors,
        Map.of("seed", "1"));
  }

  static PayloadFile file(byte[] content) {
    return new PayloadFile("notes.bin", content.length, out -> out.write(content));
  }

  /** Returns bytes of one kind: zeros, ones, random, text. */
  static byte[] content(String kind, int bytes) {
    byte[] content = new byte[bytes];
    switch (kind) {
      case "zeros" -> {}
      case "ones" -> Arrays.fill(content, (byte) 0xFF);
      case "random" -> Seeds.random("payload").nextBytes(content);
      default -> {
        byte[] line = "All work and no play. ".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes; i++) {
          content[i] = line[i % line.length];
        }
      }
    }
    return content;
  }
}
