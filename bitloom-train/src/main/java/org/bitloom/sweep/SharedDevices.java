package org.bitloom.sweep;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.worker.GpuMemory;

/**
 * The devices that the places of a sweep share by turns, each place training one run at a time.
 *
 * <p>On a GPU the first place begins alone, and tells how much memory a run takes. From then on as
 * many begin at once as the free memory holds; the next wait for what those have left. Runs on the
 * processor begin all at once.
 */
final class SharedDevices {
  /** What CUDA takes for a process before it computes anything: a rough upper bound. */
  private static final long CONTEXT_BYTES = 1L << 30;

  /** An evaluation at the end of an epoch may take more than the first steps. */
  private static final double MARGIN = 1.25;

  private final List<Device> devices = new ArrayList<>();

  /** Shares {@code choices}, at least one, by turns. */
  SharedDevices(List<DeviceChoice> choices) {
    choices.forEach(choice -> devices.add(new Device(choice)));
  }

  /** Returns the next place on the device whose turn is {@code index}, from 0. */
  Place place(int index) {
    return new Place(devices.get(index % devices.size()));
  }

  /** What all places on one device know of it; guarded by its own lock. */
  private static final class Device {
    private final DeviceChoice choice;
    private final Set<Place> beginning = new HashSet<>();
    private int places;
    private GpuMemory last = new GpuMemory(Long.MAX_VALUE, 0);

    Device(DeviceChoice choice) {
      this.choice = choice;
    }

    long need() {
      return CONTEXT_BYTES + (long) (MARGIN * last.takenBytes());
    }

    /** Says whether one more can begin beside those whose memory is not taken yet. */
    boolean mayBegin() {
      boolean known = last.takenBytes() > 0;
      return beginning.isEmpty() || (known && last.freeBytes() / need() > beginning.size());
    }
  }

  /** The share of a device of one run at a time. */
  static final class Place {
    private final Device device;

    /** Whether no other place took memory while this one began. */
    private boolean alone;

    private Place(Device device) {
      this.device = device;
    }

    DeviceChoice choice() {
      return device.choice;
    }

    /**
     * Waits until the device has memory to spare beside those that begin, then takes its own.
     *
     * @return false if the device does not hold another run beside those that it has
     */
    boolean enter() throws InterruptedException {
      if (device.choice.kind() != DeviceChoice.Kind.GPU) {
        return true;
      }
      synchronized (device) {
        while (!device.mayBegin()) {
          device.wait();
        }
        if (device.places > 0 && device.last.freeBytes() < device.need()) {
          return false;
        }
        device.places++;
        alone = device.beginning.isEmpty();
        device.beginning.forEach(other -> other.alone = false);
        device.beginning.add(this);
        return true;
      }
    }

    /** A run in this place has trained its first steps, and this is what they left. */
    void settled(GpuMemory memory) {
      synchronized (device) {
        long taken = alone ? memory.takenBytes() : 0; // else others took a part of it
        long most = Math.max(taken, device.last.takenBytes());
        device.last = new GpuMemory(memory.freeBytes(), most);
        begun();
      }
    }

    /** Lets places begin that wait for this one. */
    void begun() {
      synchronized (device) {
        if (device.beginning.remove(this)) {
          device.notifyAll();
        }
      }
    }

    /** Says why {@link #enter} found no room. */
    String full() {
      double gibibyte = 1L << 30;
      synchronized (device) {
        return String.format(
            Locale.ROOT,
            "%s trains %d at once: it has %.1f GiB free, one more may need %.1f",
            device.choice,
            device.places,
            device.last.freeBytes() / gibibyte,
            device.need() / gibibyte);
      }
    }
  }
}
