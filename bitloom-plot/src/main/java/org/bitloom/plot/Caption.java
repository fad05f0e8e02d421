package org.bitloom.plot;

/**
 * Says what a reader must know to judge a picture or to make it again.
 *
 * @param title stands above the picture
 * @param network such as {@code LeNet-300-100}
 * @param dataSet such as {@code MNIST}
 * @param seeds the seeds of the runs as a text, such as {@code 1..3}
 * @param command the command line that made the runs; control characters in any of the texts become
 *     blanks
 */
public record Caption(String title, String network, String dataSet, String seeds, String command) {
  public Caption {
    title = printable(title);
    network = printable(network);
    dataSet = printable(dataSet);
    seeds = printable(seeds);
    command = printable(command);
  }

  /** Puts a blank for what XML forbids and no font shows. */
  static String printable(String text) {
    return text.replaceAll("\\p{C}", " ");
  }

  String origin() {
    return network + " on " + dataSet + "; seeds " + seeds + ".";
  }

  String commandLine() {
    return "Command: " + command;
  }
}
