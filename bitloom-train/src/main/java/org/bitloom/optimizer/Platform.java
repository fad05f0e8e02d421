package org.bitloom.optimizer;

import ai.djl.engine.Engine;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bitloom.update.kernel.KernelChoice;

/**
 * Knows what the bytes of a training depend on beside code, settings and data. A model carries it:
 * who finds other bytes can then tell why.
 */
public final class Platform {
  private Platform() {}

  /**
   * Returns the facts in the order of the provenance. The engine must be loaded.
   *
   * @param threads of the training
   * @param device that it computes on, {@code cpu} or {@code gpu0} with the name of the GPU
   */
  public static Map<String, String> facts(int threads, String device) {
    Engine engine = Engine.getInstance();
    Map<String, String> facts = new LinkedHashMap<>();
    // the twins must give the same bytes; should they ever not, this tells which one to look at
    facts.put("kernels", KernelChoice.chosen().name());
    // the engine splits its sums by threads, and floats do not add up alike in any order
    facts.put("threads", Integer.toString(threads));
    // another device, another version: other routines, and other last bits of the gradients
    facts.put("device", device);
    facts.put("engine", engine.getEngineName() + " " + engine.getVersion());
    facts.put("djl", Engine.getDjlVersion());
    // decodes the images of JPEG folders, and compiles the kernels
    facts.put("jdk", System.getProperty("java.vm.name") + " " + Runtime.version());
    // the engine has other binaries for each, which choose routines by the processor
    facts.put("os", System.getProperty("os.name"));
    facts.put("arch", System.getProperty("os.arch"));
    return facts;
  }
}
