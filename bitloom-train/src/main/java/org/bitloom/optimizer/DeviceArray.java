package org.bitloom.optimizer;

import org.bitloom.update.StateArray;

/** An array that is brought to the host when it is read, and to the device when restored. */
record DeviceArray(DeviceState owner, StateArray array) implements StateArray {
  @Override
  public String name() {
    return array.name();
  }

  @Override
  public Class<?> type() {
    return array.type();
  }

  @Override
  public int length() {
    return array.length();
  }

  @Override
  public Object values() {
    owner.download();
    return array.values();
  }

  @Override
  public void restore(Object values) {
    owner.download(); // what is not restored must not be lost
    array.restore(values);
    owner.hostIsNewer();
  }
}
