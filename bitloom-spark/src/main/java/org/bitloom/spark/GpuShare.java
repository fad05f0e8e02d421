package org.bitloom.spark;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.bitloom.settings.DeviceChoice;

/**
 * The GPUs of a cluster, which Spark's scheduler gives to tasks: it knows them as the resource
 * {@code gpu}, by their addresses on each machine.
 */
final class GpuShare {
  private static final String RESOURCE = "gpu";
  private static final String OF_EXECUTOR = "spark.executor.resource.gpu.amount";
  private static final String OF_TASK = "spark.task.resource.gpu.amount";

  private GpuShare() {}

  /**
   * Returns what to ask of Spark in addition to {@code given}: a GPU for each executor and run, if
   * runs must have one. A user who gives the share of a run decides how many runs share a GPU.
   */
  static Map<String, String> settings(DeviceChoice device, Map<String, String> given) {
    Map<String, String> more = new HashMap<>();
    if (device.kind() == DeviceChoice.Kind.GPU && device.index().isEmpty()) {
      for (String name : new String[] {OF_EXECUTOR, OF_TASK}) {
        if (!given.containsKey(name) && System.getProperty(name) == null) {
          more.put(name, "1");
        }
      }
    }
    return more;
  }

  /** Returns where the task of this thread computes: on the GPU that Spark gave it, if it did. */
  static DeviceChoice here(DeviceChoice wished) {
    TaskContext task = TaskContext.get();
    return task == null ? wished : of(wished, task.resourcesJMap());
  }

  /**
   * Returns the device for a task that was given {@code resources}.
   *
   * @param wished {@code auto} and {@code gpu} take what was given, all others stay
   */
  static DeviceChoice of(DeviceChoice wished, Map<String, ResourceInformation> resources) {
    ResourceInformation given = resources.get(RESOURCE);
    boolean open = wished.kind() != DeviceChoice.Kind.CPU && wished.index().isEmpty();
    if (!open || given == null || given.addresses().length == 0) {
      return wished;
    }
    return DeviceChoice.parse("gpu" + given.addresses()[0]);
  }
}
