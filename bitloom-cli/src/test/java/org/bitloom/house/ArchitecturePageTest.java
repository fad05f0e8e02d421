package org.bitloom.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the picture of the packages in docs/architecture.md to the table that is enforced. */
class ArchitecturePageTest {
  /** The picture writes {@code graph_} for {@code graph}, which is a keyword of Mermaid. */
  private static final Pattern ARROW =
      Pattern.compile("(?m)^  (\\w+?)_?(?:\\[\\w+])? --> (\\w+?)_?$");

  private static final Pattern NAMED = Pattern.compile("(?m)^\\| `org\\.bitloom\\.([\\w.]+)` \\|");

  private static final String PAGE =
      String.join("\n", SourceFile.read(SourceFile.ROOT.resolve("docs/architecture.md")));

  @Test
  void everyArrowOfThePictureIsAllowed() {
    arrows()
        .forEach(
            (room, targets) ->
                assertThat(Arrows.of(room)).as("what %s may import", room).containsAll(targets));
  }

  @Test
  void everythingAllowedIsReachedAlongThePicture() {
    for (String room : Arrows.rooms()) {
      Set<String> reached = new TreeSet<>();
      reach(room, arrows(), reached);
      assertThat(reached).as("reached from %s", room).containsAll(Arrows.of(room));
    }
  }

  @Test
  void everyPackageIsExplained() {
    Set<String> explained = new TreeSet<>();
    Matcher row = NAMED.matcher(PAGE);
    while (row.find()) {
      explained.add(row.group(1).split("\\.", 2)[0]);
    }
    assertThat(explained).isEqualTo(new TreeSet<>(Arrows.rooms()));
  }

  private static Map<String, Set<String>> arrows() {
    Map<String, Set<String>> arrows = new TreeMap<>();
    Matcher arrow = ARROW.matcher(PAGE.substring(PAGE.indexOf("## Packages")));
    while (arrow.find()) {
      arrows.computeIfAbsent(arrow.group(1), room -> new TreeSet<>()).add(arrow.group(2));
    }
    return arrows;
  }

  private static void reach(String room, Map<String, Set<String>> arrows, Set<String> reached) {
    for (String target : arrows.getOrDefault(room, Set.of())) {
      if (reached.add(target)) {
        reach(target, arrows, reached);
      }
    }
  }
}
