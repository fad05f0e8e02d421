package org.bitloom.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bitloom.error.UsageException;
import org.bitloom.io.AtomicFiles;
import picocli.CommandLine.Option;

/** The options that name the file a command writes. */
public final class OutputFile {
  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      required = true,
      description = "File to write.")
  private Path path;

  @Option(names = "--overwrite", description = "Replace the file if it exists.")
  private boolean overwrite;

  /** Says whether stdout was meant. */
  public boolean isStdout() {
    return path.toString().equals("-");
  }

  /**
   * Returns the file to write.
   *
   * @throws UsageException if it exists and may not be replaced, or cannot be written there
   */
  public Path path() {
    Path folder = path.toAbsolutePath().getParent();
    if (Files.isDirectory(path)) {
      throw new UsageException("-o must be a file, got the folder " + path, "name a file in it");
    }
    if (folder != null && !Files.isDirectory(folder)) {
      throw new UsageException(
          "-o must lie in a folder that exists, found none at " + folder, "make it first");
    }
    if (Files.exists(path) && !overwrite && !AtomicFiles.isStream(path)) {
      throw new UsageException(
          "-o must not exist yet, found " + path, "choose another name, or give --overwrite");
    }
    return path;
  }
}
