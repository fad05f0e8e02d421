package org.bitloom.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that says where to find a data set; it does not change the result. */
public final class DataDirOption {
  /** What {@code --skip-bad-images} does, in every command that has it. */
  public static final String SKIP_BAD_IMAGES =
      "Leave out damaged files of an image folder instead of refusing it.";

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Folder that holds the data set; no other is searched.")
  private Path folder;

  /** Returns the folder that was given. */
  public Optional<Path> optional() {
    return Optional.ofNullable(folder);
  }
}
