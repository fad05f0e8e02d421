package org.bitloom.cli.data;

import java.io.IOException;
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
import org.bitloom.cli.command.GroupOptions;
import org.bitloom.cli.command.ImageOptions;
import org.bitloom.cli.command.Library;
import org.bitloom.cli.command.LiveLine;
import org.bitloom.data.DataReport;
import org.bitloom.data.DataSets;
import org.bitloom.data.Finding;
import org.bitloom.download.DownloadProgress;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Groups the commands about data sets. */
@Command(
    name = "data",
    synopsisSubcommandLabel = "COMMAND",
    description = "List, check, fetch and export data sets.")
public final class DataCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin
  @SuppressWarnings("UnusedVariable") // brings --help
  private GroupOptions common;

  public static CommandLine commandLine(Console console, Library library) {
    return new CommandLine(new DataCommand())
        .addSubcommand(new ListSets(console, library))
        .addSubcommand(new VerifySets(console, library))
        .addSubcommand(new FetchSets(console, library))
        .addSubcommand(new ExportSet(console, library));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "data must be told what to do: list, verify, fetch, export");
  }

  /** Shows the known data sets. */
  @Command(name = "list", description = "Show the known data sets and where they lie.")
  static final class ListSets implements Callable<Integer> {
    @Mixin private DataDirOption dataDir;
    @Mixin private CommonOptions common;
    private final Console console;
    private final Library library;

    ListSets(Console console, Library library) {
      this.console = console;
      this.library = library;
    }

    @Override
    public Integer call() {
      List<DataSets.Listing> listings =
          library.dataSets(DownloadProgress.NONE).list(dataDir.optional());
      if (common.json) {
        console.json(Map.of("datasets", listings.stream().map(ListSets::object).toList()));
      } else {
        for (DataSets.Listing set : listings) {
          console.line("%-14s %s (%s)", set.name(), set.title(), where(set));
        }
      }
      return 0;
    }

    private static String where(DataSets.Listing set) {
      String where = set.place().orElse("not on this machine");
      return set.missing().isEmpty()
          ? where
          : "incomplete in " + where + ", missing " + String.join(", ", set.missing());
    }

    private static Map<String, Object> object(DataSets.Listing set) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("name", set.name());
      object.put("title", set.title());
      object.put("place", set.place().orElse(null));
      object.put("missing", set.missing());
      return object;
    }
  }

  /** Reads data sets in full and checks every byte. */
  @Command(name = "verify", description = "Read data sets in full and check every file.")
  static final class VerifySets implements Callable<Integer> {
    @Parameters(
        arity = "0..*",
        paramLabel = "NAME",
        description = "Data sets or folders of images or idx files (default: all found).")
    private List<String> names;

    @Mixin private ImageOptions images = new ImageOptions();
    @Mixin private DataDirOption dataDir;
    @Mixin private CommonOptions common;
    private final Console console;
    private final Library library;

    VerifySets(Console console, Library library) {
      this.console = console;
      this.library = library;
    }

    @Override
    public Integer call() throws IOException {
      DataSets sets =
          library
              .dataSets(DownloadProgress.NONE)
              .withImages(images.settings(), new LiveLine(console)::line);
      List<Map<String, Object>> objects = new ArrayList<>();
      for (String name : names == null ? present(sets) : names) {
        DataSets.Verified verified = sets.verify(name, dataDir.optional());
        DataReport report = DataReport.of(verified.data());
        objects.add(object(verified, report));
        if (!common.json) {
          print(verified, report);
        }
      }
      if (common.json) {
        console.json(Map.of("datasets", objects));
      }
      return 0;
    }

    private List<String> present(DataSets sets) {
      return sets.list(dataDir.optional()).stream()
          .filter(set -> set.place().isPresent())
          .map(DataSets.Listing::name)
          .toList();
    }

    private void print(DataSets.Verified verified, DataReport report) {
      int findings = report.findings().size();
      console.line(
          "%s: %d + %d images, %d classes, %s",
          verified.data().name(),
          verified.data().train().count(),
          verified.data().test().count(),
          verified.data().train().classes(),
          switch (findings) {
            case 0 -> "good";
            case 1 -> "readable, but:";
            default -> "readable, but " + findings + " things to look at:";
          });
      report.findings().forEach(finding -> console.line("  - %s", finding.line()));
      verified
          .data()
          .origin()
          .range()
          .ifPresent(range -> console.line("  16-bit samples of %s become 0..255", range));
      console.line("  classes %s", Figures.names(verified.data().classNames()));
      for (DataSets.VerifiedFile file : verified.files()) {
        console.line("  %s  %s", file.sha256(), file.location());
      }
    }

    private static Map<String, Object> object(DataSets.Verified verified, DataReport report) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("name", verified.data().name());
      object.put("place", verified.place());
      object.put("sha256", verified.data().sha256());
      object.put("train", verified.data().train().count());
      object.put("test", verified.data().test().count());
      object.put("classes", verified.data().train().classes());
      object.put("classNames", verified.data().classNames());
      object.put("findings", report.findings().stream().map(VerifySets::object).toList());
      object.put("range", verified.data().origin().range().map(Object::toString).orElse(null));
      object.put(
          "files",
          verified.files().stream()
              .map(file -> Map.of("file", file.location(), "sha256", file.sha256()))
              .toList());
      return object;
    }

    private static Map<String, Object> object(Finding finding) {
      return Map.of(
          "kind", finding.kind().label(), "text", finding.text(), "advice", finding.advice());
    }
  }

  /** Downloads data sets. */
  @Command(
      name = "fetch",
      description = "Download data sets from their publishers and check every file.")
  static final class FetchSets implements Callable<Integer> {
    @Parameters(
        arity = "0..*",
        paramLabel = "NAME",
        description = "Data sets (default: all that are not on this machine).")
    private List<String> names;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    @Mixin private CommonOptions common;
    private final Console console;
    private final Library library;

    FetchSets(Console console, Library library) {
      this.console = console;
      this.library = library;
    }

    @Override
    public Integer call() throws IOException {
      DataSets sets = library.dataSets(new DownloadLines(quiet ? console.quiet() : console));
      List<String> absent = sets.absent();
      List<Map<String, Object>> objects = new ArrayList<>();
      for (String name : names == null ? absent : names) {
        String place = sets.fetch(name);
        objects.add(object(name, place, absent.contains(name)));
        if (!common.json) {
          console.line("%s: %s", name, place);
        }
      }
      if (common.json) {
        console.json(Map.of("datasets", objects));
      } else if (objects.isEmpty()) {
        console.line("all data sets are on this machine");
      }
      return 0;
    }

    private static Map<String, Object> object(String name, String place, boolean fetched) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("name", name);
      object.put("place", place);
      object.put("fetched", fetched);
      return object;
    }
  }
}
