package org.bitloom.cli.command;

import picocli.CommandLine.Option;

/** The option that says how pixels become the input of a network. */
public final class InputOption {
  @Option(
      names = "--input",
      paramLabel = "HOW",
      description =
          "What the network is fed of a pixel x of 0..255: mean-image, unit (x/255), raw (x), or"
              + " M,S for (x/255 - M)/S; one number each, or one per channel, such as"
              + " 0.485:0.456:0.406,0.229:0.224:0.225 (default: mean-image).")
  private String how;

  /** Returns the word that was given, or null. */
  public String word() {
    return how;
  }
}
