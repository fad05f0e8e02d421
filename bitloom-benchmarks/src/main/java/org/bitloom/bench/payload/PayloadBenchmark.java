package org.bitloom.bench.payload;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import org.bitloom.bits.BitMask;
import org.bitloom.model.BitTensor;
import org.bitloom.payload.CarrierTensor;
import org.bitloom.payload.ContainerHeader;
import org.bitloom.payload.ContainerReader;
import org.bitloom.payload.ContainerWriter;
import org.bitloom.payload.FreeBits;

/**
 * Times the way of a payload into bit strings and out of them on one thread, beside a plain copy of
 * the same bytes in the same round.
 */
public final class PayloadBenchmark {
  private static final int ROUNDS = 21;
  private static final int WARM_UP_BYTES = 300_000_000;
  private static final double MEGA = 1e6;
  private static final double NANO = 1e-9;

  private final PrintStream out;

  /** One thing that is timed. */
  private interface Work {
    void run() throws IOException;
  }

  private record Step(String name, Work work) {}

  public PayloadBenchmark(PrintStream out) {
    this.out = out;
  }

  public void run() throws IOException {
    out.printf(
        Locale.ROOT,
        "one thread, %d rounds, interleaved, Java %s; MB/s of processor time, medians%n",
        ROUNDS,
        Runtime.version());
    measure("LeNet-300-100, depth 32, top3", 32, List.of(235_200, 30_000, 1_000));
    measure("4 M weights, depth 32, top3", 32, List.of(4_000_000));
    measure("4 M weights, depth 8, top3", 8, List.of(4_000_000));
  }

  private void measure(String name, int depth, List<Integer> sizes) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    List<int[]> codes = new ArrayList<>();
    List<CarrierTensor> carriers = new ArrayList<>();
    for (int size : sizes) {
      codes.add(random.ints(size).map(code -> code & (-1 >>> (32 - depth))).toArray());
      carriers.add(new CarrierTensor("w" + size, List.of(size), BitMask.top(3).at(depth)));
    }
    FreeBits bits = FreeBits.noise(carriers, 1);
    byte[] payload = new byte[(int) bits.capacity().largestFile(1)];
    random.nextBytes(payload);
    embed(bits, payload, codes);
    List<BitTensor> filled = new ArrayList<>();
    for (int t = 0; t < codes.size(); t++) {
      CarrierTensor carrier = carriers.get(t);
      filled.add(new BitTensor(carrier.name(), carrier.shape(), carrier.layout(), 1, codes.get(t)));
    }
    byte[] target = new byte[payload.length];
    print(
        name,
        payload.length,
        List.of(
            new Step("plain copy", () -> System.arraycopy(payload, 0, target, 0, target.length)),
            new Step(
                "bits in",
                () -> {
                  bits.write(0, payload, 0, payload.length);
                  scatter(bits, codes);
                }),
            new Step("bits out", () -> FreeBits.of(filled).read(0, target, 0, target.length)),
            new Step("embed", () -> embed(bits, payload, codes)),
            new Step("extract", () -> extract(FreeBits.of(filled)))));
  }

  /** Counts the time of this thread alone: other programs may use the core in between. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void scatter(FreeBits bits, List<int[]> codes) {
    for (int t = 0; t < codes.size(); t++) {
      bits.scatter(t, codes.get(t));
    }
  }

  private static void embed(FreeBits bits, byte[] payload, List<int[]> codes) throws IOException {
    ContainerHeader first = ContainerHeader.unfinished(Set.of(), "p");
    ContainerWriter.write(bits, first, out -> out.write(payload), ContainerWriter.Packer.NONE);
    scatter(bits, codes);
  }

  private static void extract(FreeBits bits) throws IOException {
    ContainerReader.open(bits.input(0))
        .copyTo(OutputStream.nullOutputStream(), ContainerReader.Unpacker.NONE);
  }

  private void print(String name, int bytes, List<Step> steps) throws IOException {
    long[][] nanos = new long[steps.size()][ROUNDS];
    int warmUp = Math.max(ROUNDS, WARM_UP_BYTES / bytes);
    for (int round = -warmUp; round < ROUNDS; round++) {
      for (int s = 0; s < nanos.length; s++) {
        long begin = cpuNanos();
        steps.get(s).work().run();
        nanos[s][Math.max(0, round)] = cpuNanos() - begin;
      }
    }
    out.printf(Locale.ROOT, "%s: %d bytes%n", name, bytes);
    for (int s = 0; s < nanos.length; s++) {
      Arrays.sort(nanos[s]);
      double rate = bytes / (nanos[s][ROUNDS / 2] * NANO) / MEGA;
      out.printf(Locale.ROOT, "  %-12s %8.0f%n", steps.get(s).name(), rate);
    }
  }
}
