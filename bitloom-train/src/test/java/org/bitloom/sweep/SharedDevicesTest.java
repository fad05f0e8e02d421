package org.bitloom.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.worker.GpuMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedDevicesTest {
  private static final long GIB = 1L << 30;

  private final SharedDevices one = new SharedDevices(List.of(DeviceChoice.gpu(0)));

  /** Begins a place on a thread of its own, which says whether there is room. */
  private static CompletableFuture<Boolean> enters(SharedDevices.Place place) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return place.enter();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** A place that may begin has begun long before this gives up. */
  private static void assertWaits(CompletableFuture<Boolean> place) {
    assertThatThrownBy(() -> place.get(200, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
  }

  @Test
  void placesTakeTheDevicesByTurns() {
    SharedDevices two = new SharedDevices(List.of(DeviceChoice.gpu(0), DeviceChoice.gpu(1)));
    assertThat(List.of(0, 1, 2, 3))
        .map(index -> two.place(index).choice().toString())
        .containsExactly("gpu0", "gpu1", "gpu0", "gpu1");
  }

  @Test
  void aPlaceOnAGpuWaitsUntilTheFirstHasTakenItsMemory() throws Exception {
    SharedDevices.Place first = one.place(0);
    assertThat(first.enter()).isTrue();
    CompletableFuture<Boolean> second = enters(one.place(1));
    assertWaits(second);
    first.settled(new GpuMemory(10 * GIB, GIB));
    assertThat(second.get(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void asManyBeginAtOnceAsTheMemoryHolds() throws Exception {
    SharedDevices.Place first = one.place(0);
    assertThat(first.enter()).isTrue();
    first.settled(new GpuMemory(5 * GIB, GIB)); // the next takes at most 2.25
    SharedDevices.Place second = one.place(1);
    assertThat(second.enter()).isTrue();
    assertThat(one.place(2).enter()).isTrue();
    CompletableFuture<Boolean> fourth = enters(one.place(3));
    assertWaits(fourth);
    second.settled(new GpuMemory(5 * GIB, 4 * GIB)); // some of it taken by the third
    assertThat(fourth.get(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aPlaceThatTheMemoryDoesNotHoldIsRefusedAndSaysWhy() throws Exception {
    SharedDevices.Place first = one.place(0);
    assertThat(first.enter()).isTrue();
    first.settled(new GpuMemory(3 * GIB, 2 * GIB));
    SharedDevices.Place second = one.place(1);
    assertThat(second.enter()).isFalse();
    assertThat(second.full())
        .isEqualTo("gpu0 trains 1 at once: it has 3.0 GiB free, one more may need 3.5");
  }

  @Test
  void aRunThatEndsBeforeItTellsAnythingLetsTheNextBegin() throws Exception {
    SharedDevices.Place first = one.place(0);
    assertThat(first.enter()).isTrue();
    CompletableFuture<Boolean> second = enters(one.place(1));
    first.begun();
    assertThat(second.get(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void onlyThePlaceThatBeginsEndsItsBeginning() throws Exception {
    SharedDevices.Place first = one.place(0);
    assertThat(first.enter()).isTrue();
    first.settled(new GpuMemory(4 * GIB, GIB));
    assertThat(one.place(1).enter()).isTrue();
    first.begun(); // a later run of the first place ended
    assertWaits(enters(one.place(2)));
  }

  @Test
  void runsOnTheProcessorBeginAllAtOnce() throws Exception {
    SharedDevices processor = new SharedDevices(List.of(DeviceChoice.CPU));
    assertThat(processor.place(0).enter()).isTrue();
    assertThat(processor.place(1).enter()).isTrue();
  }
}
