package org.bitloom.reproduce;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bitloom.error.FailureException;
import org.bitloom.io.ModelFile;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.payload.CarrierTensor;
import org.bitloom.payload.FreeBits;
import org.bitloom.payload.PayloadBits;
import org.bitloom.reproduce.plan.PayloadKind;
import org.bitloom.seal.AgeKey;
import org.bitloom.seal.PayloadFile;
import org.bitloom.seal.Payloads;
import org.bitloom.seal.Sealing;

/** What networks carry: lays it out before a run, and asks for it afterwards. */
final class Carried {
  /** One byte in so many is damaged where there is parity; it repairs 16 of 255. */
  private static final int DAMAGED_EVERY = 40;

  private Carried() {}

  private static byte[] bytes(PayloadKind kind) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(kind.bytes());
    kind.writeTo(bytes);
    return bytes.toByteArray();
  }

  /** Lays a file out over the free bits of a network. */
  static PayloadBits layOut(PayloadKind kind, List<CarrierTensor> carrier, long seed)
      throws IOException {
    PayloadFile file = new PayloadFile(kind.fileName(), kind.bytes(), kind::writeTo);
    Sealing sealing = new Sealing(false, Optional.empty(), kind.hasParity());
    return PayloadBits.of(Payloads.around(carrier, file, sealing, seed));
  }

  /**
   * Says whether a trained network gives a file back to the byte; with parity, after some of its
   * bytes were made wrong.
   */
  static boolean givesBack(PayloadKind kind, Path model) throws IOException {
    FreeBits bits = FreeBits.of(ModelFile.read(model));
    if (kind.hasParity()) {
      damage(bits);
    }
    ByteArrayOutputStream found = new ByteArrayOutputStream(kind.bytes());
    try {
      Payloads.extract(bits, AgeKey.NONE, found);
    } catch (FailureException e) {
      return false;
    }
    return Arrays.equals(found.toByteArray(), bytes(kind));
  }

  private static void damage(FreeBits bits) {
    byte[] one = new byte[1];
    for (long at = 0; at < bits.capacity().bytes(); at += DAMAGED_EVERY) {
      bits.read(at, one, 0, 1);
      one[0] ^= (byte) 0xff;
      bits.write(at, one, 0, 1);
    }
  }

  /** Says whether the low bits of a trained network are still those of the one it carries. */
  static boolean givesBack(Path inner, Path outer) throws IOException {
    List<BitTensor> carried = bitTensors(inner);
    List<BitTensor> carriers = bitTensors(outer);
    if (carried.size() != carriers.size()) {
      return false;
    }
    for (int t = 0; t < carried.size(); t++) {
      int mask = -1 >>> (Integer.SIZE - carried.get(t).layout().depth());
      int[] codes = carriers.get(t).codes();
      for (int i = 0; i < codes.length; i++) {
        codes[i] &= mask;
      }
      if (!Arrays.equals(codes, carried.get(t).codes())) {
        return false;
      }
    }
    return true;
  }

  private static List<BitTensor> bitTensors(Path model) throws IOException {
    BitModel read = ModelFile.read(model);
    return read.tensors().stream()
        .filter(BitTensor.class::isInstance)
        .map(BitTensor.class::cast)
        .toList();
  }
}
