package org.bitloom.payload;

import java.util.List;
import org.bitloom.error.UsageException;

/**
 * Tells how much payload fits into a network.
 *
 * @param bits free bits of all bit-wise weights
 * @param allBits bits of all bit-wise weights, trained and free
 */
public record Capacity(long bits, long allBits) {
  public Capacity {
    if (bits < 0 || allBits < bits) {
      throw new IllegalArgumentException(
          "free bits must be 0.." + allBits + " (all bits), got " + bits);
    }
  }

  /** Counts the bits of some parameters. */
  public static Capacity of(List<CarrierTensor> tensors) {
    return new Capacity(
        tensors.stream().mapToLong(CarrierTensor::freeBits).sum(),
        tensors.stream().mapToLong(CarrierTensor::allBits).sum());
  }

  /** Returns the whole bytes that fit, container included. */
  public long bytes() {
    return bits >>> 3;
  }

  /** Returns the share of the weights' bits that is free, 0..1. */
  public double share() {
    return allBits == 0 ? 0 : (double) bits / allBits;
  }

  /** Returns the size of the largest file whose name has {@code nameBytes} bytes of UTF-8. */
  public long largestFile(int nameBytes) {
    return Math.max(0, Blocks.dataBytes(bytes() - ContainerHeader.size(nameBytes)));
  }

  /**
   * Checks that there is any room.
   *
   * @throws UsageException if no bit is free
   */
  public void requireRoom() {
    if (bits == 0) {
      throw new UsageException(
          "network must have frozen bits to hold a payload, got none among its "
              + allBits
              + " bits of weights",
          "train one whose mask leaves bits out, such as --bits 32 --mask top3");
    }
  }
}
