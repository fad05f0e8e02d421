package org.bitloom.spark;

import java.io.Serializable;

/** Does one item on an executor; travels there by Java serialization. */
@FunctionalInterface
interface Work<R extends Serializable> extends Serializable {
  /**
   * Returns the result of an item. What it throws counts as a failure of the task, which Spark
   * tries again.
   */
  R apply(String item) throws Exception;
}
