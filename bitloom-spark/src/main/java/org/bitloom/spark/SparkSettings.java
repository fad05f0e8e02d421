package org.bitloom.spark;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkConf;

/** What we ask of Spark where the user asks for nothing. */
final class SparkSettings {
  private SparkSettings() {}

  /** Returns the settings for a master: ours, over them {@code -Dspark.*}, over them the user's. */
  static SparkConf of(MasterUrl master, Map<String, String> settings) {
    SparkConf conf = new SparkConf(true);
    ours(master).forEach(conf::setIfMissing);
    settings.forEach(conf::set);
    return conf.setMaster(master.text());
  }

  private static Map<String, String> ours(MasterUrl master) {
    Map<String, String> ours = new LinkedHashMap<>();
    ours.put("spark.app.name", "bitloom sweep");
    ours.put("spark.ui.enabled", "false");
    ours.put("spark.ui.showConsoleProgress", "false");
    ours.put("spark.log.structuredLogging.enabled", "false");
    // Models are handed over one by one and forgotten; Spark counts them all together.
    ours.put("spark.driver.maxResultSize", "0");
    // The trainings are JVMs of their own: an executor only starts them and carries files.
    ours.put("spark.executor.memory", "512m");
    ours.put("spark.executor.memoryOverhead", "3g"); // what Kubernetes and YARN give the training
    // YARN would be tried for 15 minutes.
    ours.put("spark.hadoop.yarn.resourcemanager.connect.max-wait.ms", "20000");
    ours.put("spark.hadoop.yarn.resourcemanager.connect.retry-interval.ms", "5000");
    if (master.local()) { // nothing to hear from outside
      ours.put("spark.driver.host", "127.0.0.1");
      ours.put("spark.driver.bindAddress", "127.0.0.1");
    }
    return ours;
  }
}
