package org.bitloom.cli;

import picocli.CommandLine;

@CommandLine.Command(name = "bitloom", mixinStandardHelpOptions = true)
public final class Main implements Runnable {
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }
  public void run() {}
}
