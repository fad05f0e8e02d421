package org.bitloom.cli.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bitloom.cli.command.CommonOptions;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.DataDirOption;
import org.bitloom.cli.command.DownloadLines;
import org.bitloom.cli.command.Figures;
import org.bitloom.cli.command.ImageOptions;
import org.bitloom.cli.command.Library;
import org.bitloom.cli.command.LiveLine;
import org.bitloom.data.DataExport;
import org.bitloom.data.DataSet;
import org.bitloom.error.UsageException;
import org.bitloom.io.Sha256;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a data set as files for other programs. */
@Command(
    name = "export",
    description = "Write a data set as files that other programs read: idx files, or CIFAR-10's.")
final class ExportSet implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "Data set, or folder of images or idx files.")
  private String name;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      required = true,
      description = "Folder to write the files to; it is made if it is not there.")
  private Path folder;

  @Option(
      names = "--png",
      paramLabel = "N",
      description = "Write the first N test images too, as PNG named NUMBER-LABEL (default: 0).")
  private int pictures;

  @Option(names = "--overwrite", description = "Replace files of these names.")
  private boolean overwrite;

  @Mixin private ImageOptions images = new ImageOptions();
  @Mixin private DataDirOption dataDir;
  @Mixin private CommonOptions common;
  private final Console console;
  private final Library library;

  ExportSet(Console console, Library library) {
    this.console = console;
    this.library = library;
  }

  @Override
  public Integer call() throws IOException {
    if (pictures < 0) {
      throw new UsageException("--png must be 0 or more, got " + pictures, "leave it out");
    }
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new UsageException("-o must be a folder, got the file " + folder, "name another");
    }
    DataSet data =
        library
            .dataSets(new DownloadLines(console))
            .withImages(images.settings(), new LiveLine(console)::line)
            .load(name, dataDir.optional());
    DataExport export = DataExport.of(data);
    refuseOlder(export);
    List<Path> files = new ArrayList<>(export.write(folder));
    files.addAll(export.writeImages(folder, pictures));
    if (common.json) {
      console.json(object(data, files));
    } else {
      print(data, files);
    }
    return 0;
  }

  private void refuseOlder(DataExport export) {
    List<Path> older = export.files(folder).stream().filter(Files::exists).toList();
    if (!older.isEmpty() && !overwrite) {
      throw new UsageException(
          "files to write must not exist yet, found " + older.get(0),
          "choose another folder, or give --overwrite");
    }
  }

  private void print(DataSet data, List<Path> files) throws IOException {
    console.line(
        "%s: %d + %d images, %d classes, in %s",
        data.name(), data.train().count(), data.test().count(), data.train().classes(), folder);
    console.line("  classes %s", Figures.names(data.classNames()));
    for (Path file : files) {
      console.line("  %s  %s", Sha256.of(file), file);
    }
  }

  private Map<String, Object> object(DataSet data, List<Path> files) throws IOException {
    List<Map<String, Object>> written = new ArrayList<>();
    for (Path file : files) {
      written.add(Map.of("file", file.toString(), "sha256", Sha256.of(file)));
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", data.name());
    object.put("folder", folder.toString());
    object.put("train", data.train().count());
    object.put("test", data.test().count());
    object.put("classNames", data.classNames());
    object.put("files", written);
    return object;
  }
}
