package org.bitloom.simd;

import java.util.Optional;
import org.bitloom.infer.kernel.FilterBank;
import org.bitloom.infer.kernel.Filters;
import org.bitloom.infer.kernel.InferenceKernels;

/** Twins of the inner loops of inference on the widest vectors of the machine. */
public final class VectorInference implements InferenceKernels {
  /** Creates the kernels; {@link java.util.ServiceLoader} calls this. */
  public VectorInference() {}

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public Optional<String> obstacle() {
    return VectorMachine.obstacle();
  }

  @Override
  public FilterBank prepare(Filters filters) {
    return new VectorFilters(filters);
  }
}
