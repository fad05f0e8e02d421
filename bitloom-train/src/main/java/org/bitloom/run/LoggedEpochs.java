package org.bitloom.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.bitloom.io.Json;

/**
 * The lines of metrics.jsonl for those who look at a run, whatever state the file is in: a run that
 * is being written, one of another version, one that was damaged.
 *
 * @param lines one object per line that can be read, in the order of the file
 * @param remarks what could not be read as it stands, a sentence each
 */
public record LoggedEpochs(List<Map<String, Object>> lines, List<String> remarks) {
  private static final int MOST_REMARKS = 5;

  /** What other programs write for numbers that are none, and JSON does not know. */
  private static final Pattern NO_NUMBER =
      Pattern.compile("(?<=[:\\[,])\\s*-?(?:NaN|Infinity)(?=\\s*[,}\\]])");

  public LoggedEpochs {
    lines = List.copyOf(lines);
    remarks = List.copyOf(remarks);
  }

  /** Reads the file; half a line at its end is being written and does not count. */
  static LoggedEpochs read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return new LoggedEpochs(List.of(), List.of());
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    List<Map<String, Object>> lines = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    int number = 0;
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      number++;
      try {
        lines.add(line(line, number, remarks));
      } catch (IllegalArgumentException e) {
        remarks.add(
            String.format(
                Locale.ROOT, "line %d of %s is damaged and left out", number, file.getFileName()));
      }
    }
    return new LoggedEpochs(lines, shortened(remarks));
  }

  private static Map<String, Object> line(String text, int number, List<String> remarks) {
    String json = NO_NUMBER.matcher(text).replaceAll("null");
    if (!(Json.parse(json) instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("a line must be a JSON object");
    }
    if (!json.equals(text)) {
      remarks.add("line " + number + " has values that are no numbers; they are left out");
    }
    Map<String, Object> line = new LinkedHashMap<>();
    map.forEach((key, value) -> line.put((String) key, value));
    return line;
  }

  private static List<String> shortened(List<String> remarks) {
    if (remarks.size() <= MOST_REMARKS) {
      return remarks;
    }
    List<String> few = new ArrayList<>(remarks.subList(0, MOST_REMARKS));
    few.add((remarks.size() - MOST_REMARKS) + " more lines could not be read as they stand");
    return few;
  }
}
