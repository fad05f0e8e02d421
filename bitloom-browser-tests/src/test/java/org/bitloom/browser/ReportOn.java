package org.bitloom.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the reports of the tests are on. */
enum ReportOn {
  /** A run as it comes. */
  RUN(8) {
    @Override
    List<Path> subjects() throws IOException {
      return List.of(Folders.run());
    }
  },
  /** Two runs that differ in what they trained. */
  TWO_RUNS(12) {
    @Override
    List<Path> subjects() throws IOException {
      return List.of(Folders.run(), Folders.otherRun());
    }
  },
  /** A sweep as it comes. */
  SWEEP(12) {
    @Override
    List<Path> subjects() throws IOException {
      return List.of(Folders.sweep());
    }
  },
  /** A sweep whose table is wider than a sheet. */
  WIDE_SWEEP(6) {
    @Override
    List<Path> subjects() throws IOException {
      return List.of(WideSweep.write(Folders.empty("a-wide-sweep")));
    }
  },
  /** A model without its run. */
  MODEL(6) {
    @Override
    List<Path> subjects() throws IOException {
      return List.of(Folders.run().resolve("model.safetensors"));
    }
  },
  /** A run over data in which every name is a script. */
  HOSTILE(8) {
    @Override
    List<Path> subjects() throws IOException {
      return List.of(Folders.hostileRun());
    }
  };

  private static final Map<ReportOn, Path> WRITTEN = new ConcurrentHashMap<>();
  private static final Path PAGES = Path.of("target", "pages").toAbsolutePath();

  private final int sheets;

  ReportOn(int sheets) {
    this.sheets = sheets;
  }

  abstract List<Path> subjects() throws IOException;

  /** Returns the page, written by the command the first time. */
  Path page() throws IOException {
    if (!WRITTEN.containsKey(this)) {
      Files.createDirectories(PAGES);
      Path page = PAGES.resolve(this + ".html");
      WRITTEN.put(this, Folders.report(page, subjects().toArray(Path[]::new)));
    }
    return WRITTEN.get(this);
  }

  /** Returns how many sheets of paper it may take. */
  int sheets() {
    return sheets;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
