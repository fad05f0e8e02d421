package org.bitloom.bench.guard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bitloom.bench.measure.BenchmarkMachine;
import org.bitloom.io.AtomicFiles;

/**
 * The stored ratios of the guard: a line each, {@code ratio name}, after a line that says what
 * kernels they were measured with and one that names the processor.
 *
 * @param kernels what {@link Guard#kernels} said
 * @param processor what {@link BenchmarkMachine#processor} said
 * @param ratios by name, in the order of the file
 */
public record GuardTable(String kernels, String processor, Map<String, Double> ratios) {
  /** Where the table lies, on the class path. */
  static final String RESOURCE = "guard.txt";

  public GuardTable {
    ratios = new LinkedHashMap<>(ratios); // keeps the order, as Map.copyOf does not
  }

  /** Reads the table on the class path. */
  public static GuardTable stored() throws IOException {
    try (InputStream in = GuardTable.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException(
            RESOURCE + " must be on the class path; write it: guard --write FILE");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  static GuardTable parse(String text) {
    List<String> lines = text.lines().toList();
    Map<String, Double> ratios = new LinkedHashMap<>();
    for (String line : lines.subList(2, lines.size())) {
      String[] parts = line.strip().split(" ", 2);
      ratios.put(parts[1], Double.valueOf(parts[0]));
    }
    return new GuardTable(lines.get(0), lines.get(1), ratios);
  }

  public String text() {
    StringBuilder text = new StringBuilder(kernels + '\n' + processor + '\n');
    ratios.forEach(
        (name, ratio) -> text.append(String.format(Locale.ROOT, "%.3f %s\n", ratio, name)));
    return text.toString();
  }

  public void write(Path file) throws IOException {
    AtomicFiles.writeString(file, text());
  }
}
