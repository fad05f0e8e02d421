package org.bitloom.session;

import ai.djl.nn.Parameter;
import java.util.Map;
import org.bitloom.error.UsageException;

/** Gives an initialized network the values it starts from. */
interface InitialWeights {
  /**
   * Writes the values into the parameters.
   *
   * @param parameters of the network by name, in layer order
   * @throws UsageException if the values are for another network
   */
  void fill(Map<String, Parameter> parameters);
}
