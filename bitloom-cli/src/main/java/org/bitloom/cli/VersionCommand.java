package org.bitloom.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bitloom.cli.command.CommonOptions;
import org.bitloom.cli.command.Console;
import org.bitloom.settings.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the versions of bitloom and of the JVM. */
@Command(name = "version", description = "Show the version.")
final class VersionCommand implements Callable<Integer>, CommandLine.IVersionProvider {
  @Mixin private CommonOptions common;
  private final Console console;

  /** Serves {@code --version}, where picocli does the printing. */
  VersionCommand() {
    this(new Console(System.out, System.err, 0));
  }

  VersionCommand(Console console) {
    this.console = console;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"bitloom " + Version.current() + ", Java " + javaVersion()};
  }

  @Override
  public Integer call() {
    if (common.json) {
      Map<String, Object> versions = new LinkedHashMap<>();
      versions.put("bitloom", Version.current());
      versions.put("java", javaVersion());
      console.json(versions);
    } else {
      console.line(getVersion()[0]);
    }
    return 0;
  }

  private static String javaVersion() {
    return Runtime.version().toString();
  }
}
