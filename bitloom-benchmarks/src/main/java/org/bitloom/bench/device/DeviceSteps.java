package org.bitloom.bench.device;

import ai.djl.Device;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.bitloom.bits.BitMask;
import org.bitloom.data.DataSet;
import org.bitloom.settings.RunSettings;
import org.bitloom.update.UpdateRule;

/**
 * Times whole steps and updates alone. Racers take turns, the baseline before each of the others.
 * All step on a batch that lies on the device.
 */
final class DeviceSteps {
  private static final double NANO = 1e-9;
  private static final int WARM_UP_TURNS = 3;
  private static final List<Integer> DEPTHS = List.of(2, 6, 8, 16, 32);
  private static final int NO_TOP3_UP_TO = 3;

  private final DeviceOptions options;
  private final Rows rows;
  private final DeviceClock clock;
  private boolean warm;

  private DeviceSteps(DeviceOptions options, Rows rows, DeviceClock clock) {
    this.options = options;
    this.rows = rows;
    this.clock = clock;
  }

  static void run(DeviceOptions options, Rows rows) throws IOException {
    try (DeviceClock clock = new DeviceClock(options.engineDevice())) {
      for (String network : options.networks()) {
        new DeviceSteps(options, rows, clock).run(network);
      }
    }
  }

  private void run(String network) throws IOException {
    Device device = options.engineDevice();
    int largest = options.batches().stream().mapToInt(Integer::intValue).max().orElseThrow();
    DataSet images = MadeUpImages.of(largest);
    List<Racer> others = new ArrayList<>();
    try (Racer baseline = new DjlRacer(network, device)) {
      for (Map.Entry<String, RunSettings.Weights> kind : kinds().entrySet()) {
        others.add(new SessionRacer(kind.getKey(), network, kind.getValue(), images, device));
      }
      for (int batch : options.batches()) {
        table(network + ", batch " + batch, baseline, others, batch);
      }
    } finally {
      others.forEach(Racer::close);
    }
  }

  private Map<String, RunSettings.Weights> kinds() {
    Map<String, RunSettings.Weights> kinds = new LinkedHashMap<>();
    kinds.put("float, our Adam", new RunSettings.FloatWeights());
    for (int depth : options.quick() ? DEPTHS.subList(0, 2) : DEPTHS) {
      List<String> masks = depth > NO_TOP3_UP_TO ? List.of("all", "top3") : List.of("all");
      for (String mask : masks) {
        kinds.put(
            "coupled " + depth + ":" + mask,
            new RunSettings.BitWeights(depth, BitMask.parse(mask), UpdateRule.COUPLED, 0));
      }
    }
    return kinds;
  }

  private void table(String where, Racer baseline, List<Racer> others, int batch)
      throws IOException {
    baseline.prepare(batch);
    for (Racer other : others) {
      other.prepare(batch);
    }
    RacerTimes own = new RacerTimes();
    Map<String, RacerTimes> times = new LinkedHashMap<>();
    others.forEach(other -> times.put(other.name(), new RacerTimes()));
    for (int turn = 0; turn < (options.isGpu() && !warm ? WARM_UP_TURNS : 1); turn++) {
      round(baseline, others, own, times);
    }
    warm = true;
    own.clear();
    times.values().forEach(RacerTimes::clear);
    long begin = System.nanoTime();
    do {
      round(baseline, others, own, times);
    } while ((System.nanoTime() - begin) * NANO < options.seconds());
    print(where, baseline.name(), own);
    times.forEach((name, time) -> print(where, name, time));
    RacerTimes ourFloat = times.get(others.get(0).name());
    ToDoubleFunction<RacerTimes> toFloat = time -> time.step() / ourFloat.step();
    double worst = times.values().stream().mapToDouble(toFloat).max().orElseThrow();
    rows.row(
        "steps", where, Rows.text("%.3f", worst), "slowest of coupled / our float, median steps");
  }

  private void round(
      Racer baseline, List<Racer> others, RacerTimes own, Map<String, RacerTimes> times) {
    int steps = options.stepsPerTurn();
    for (Racer other : others) {
      double before = clock.nanos(() -> baseline.steps(steps)) / steps;
      double updateBefore = clock.nanos(() -> baseline.updates(steps)) / steps;
      own.add(before, before, updateBefore);
      double step = clock.nanos(() -> other.steps(steps)) / steps;
      double update = clock.nanos(() -> other.updates(steps)) / steps;
      times.get(other.name()).add(step, before, update);
    }
  }

  private void print(String where, String name, RacerTimes time) {
    List<String> columns = time.columns();
    rows.row("steps", where + ", " + name, columns.get(0), columns.get(1));
  }
}
