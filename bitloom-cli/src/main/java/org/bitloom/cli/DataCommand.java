package org.bitloom.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bitloom.data.DataSets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Groups the commands about data sets. */
@Command(
    name = "data",
    synopsisSubcommandLabel = "COMMAND",
    description = "List and check data sets.")
final class DataCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin
  @SuppressWarnings("UnusedVariable") // brings --help
  private CommonOptions common;

  static CommandLine commandLine(Console console) {
    return new CommandLine(new DataCommand())
        .addSubcommand(new ListSets(console))
        .addSubcommand(new VerifySets(console));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "data must be told what to do: list, verify");
  }

  /** Shows the known data sets. */
  @Command(name = "list", description = "Show the known data sets and where they lie.")
  static final class ListSets implements Callable<Integer> {
    @Mixin private TrainOptions.Place place;
    @Mixin private CommonOptions common;
    private final Console console;

    ListSets(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      List<DataSets.Listing> listings = DataSets.standard().list(place.optional());
      if (common.json) {
        console.json(Map.of("datasets", listings.stream().map(ListSets::object).toList()));
      } else {
        for (DataSets.Listing set : listings) {
          String where = set.place().orElse("not on this machine");
          console.line("%-14s %s (%s)", set.name(), set.title(), where);
        }
      }
      return 0;
    }

    private static Map<String, Object> object(DataSets.Listing set) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("name", set.name());
      object.put("title", set.title());
      object.put("place", set.place().orElse(null));
      return object;
    }
  }

  /** Reads data sets in full and checks every byte. */
  @Command(name = "verify", description = "Read data sets in full and check every file.")
  static final class VerifySets implements Callable<Integer> {
    @Parameters(
        arity = "0..*",
        paramLabel = "NAME",
        description = "Data sets or folders of idx files (default: all found).")
    private List<String> names;

    @Mixin private TrainOptions.Place place;
    @Mixin private CommonOptions common;
    private final Console console;

    VerifySets(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws IOException {
      DataSets sets = DataSets.standard();
      List<Map<String, Object>> objects = new ArrayList<>();
      for (String name : names == null ? present(sets) : names) {
        DataSets.Verified verified = sets.verify(name, place.optional());
        objects.add(object(verified));
        if (!common.json) {
          print(verified);
        }
      }
      if (common.json) {
        console.json(Map.of("datasets", objects));
      }
      return 0;
    }

    private List<String> present(DataSets sets) {
      return sets.list(place.optional()).stream()
          .filter(set -> set.place().isPresent())
          .map(DataSets.Listing::name)
          .toList();
    }

    private void print(DataSets.Verified verified) {
      console.line(
          "%s: %d + %d images, %d classes, good",
          verified.data().name(),
          verified.data().train().count(),
          verified.data().test().count(),
          verified.data().train().classes());
      for (DataSets.VerifiedFile file : verified.files()) {
        console.line("  %s  %s", file.sha256(), file.location());
      }
    }

    private static Map<String, Object> object(DataSets.Verified verified) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("name", verified.data().name());
      object.put("place", verified.place());
      object.put("sha256", verified.data().sha256());
      object.put("train", verified.data().train().count());
      object.put("test", verified.data().test().count());
      object.put("classes", verified.data().train().classes());
      object.put(
          "files",
          verified.files().stream()
              .map(file -> Map.of("file", file.location(), "sha256", file.sha256()))
              .toList());
      return object;
    }
  }
}
