package org.bitloom.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds docs/robustness.md to the tests: every situation names those that would notice. */
class RobustnessPageTest {
  private static final List<String> PAGE =
      SourceFile.read(SourceFile.ROOT.resolve("docs/robustness.md"));

  private static final String HEAD = "| situation | what happens now | test |";

  /** A bar that a cell shows as itself is written {@code \|}. */
  private static final Pattern BAR = Pattern.compile("(?<!\\\\)\\|");

  private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

  /** A check outside of JUnit, by its path: {@code examples/check}. */
  private static final Pattern NAMED_CHECK = Pattern.compile("`([\\w.-]+(?:/[\\w.-]+)+)`");

  private static final Pattern RUNS =
      Pattern.compile("(?m)^  @(?:Test|ParameterizedTest|RepeatedTest|TestFactory)\\b");

  private static final Map<String, String> TESTS = testsByClass();

  @Test
  void everyTableHasTheThreeColumnsInEveryRow() {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < PAGE.size(); i++) {
      String line = PAGE.get(i);
      if (line.startsWith("|") && cells(line).size() != 3) {
        found.add("line " + (i + 1) + " has " + cells(line).size() + " columns: " + line);
      }
      boolean begins = line.startsWith("|") && !PAGE.get(i - 1).startsWith("|");
      if (begins && !line.equals(HEAD)) {
        found.add("line " + (i + 1) + " begins a table with another head: " + line);
      }
    }
    assertThat(found).as("tables of docs/robustness.md: a bar inside a cell is \\|").isEmpty();
  }

  @Test
  void everyRowSaysWhatHappensAndNamesATest() {
    List<String> found = new ArrayList<>();
    for (String row : rows()) {
      List<String> cells = cells(row);
      boolean named =
          NAMED_TEST.matcher(cells.get(2)).find() || NAMED_CHECK.matcher(cells.get(2)).find();
      if (!named || cells.get(0).isBlank() || cells.get(1).isBlank()) {
        found.add(row);
      }
    }
    assertThat(rows()).as("rows of docs/robustness.md").isNotEmpty();
    assertThat(found)
        .as("rows that lack a situation, an answer or a test as `TestClass.testMethod`")
        .isEmpty();
  }

  @Test
  void everyNamedTestExists() {
    List<String> found = new ArrayList<>();
    for (String row : rows()) {
      Matcher test = NAMED_TEST.matcher(cells(row).get(2));
      while (test.find()) {
        if (!declares(TESTS.getOrDefault(test.group(1), ""), test.group(2))) {
          found.add(test.group());
        }
      }
      Matcher check = NAMED_CHECK.matcher(cells(row).get(2));
      while (check.find()) {
        if (!Files.isRegularFile(SourceFile.ROOT.resolve(check.group(1)))) {
          found.add(check.group());
        }
      }
    }
    assertThat(found)
        .as("tests named in docs/robustness.md that are not there: rename them there too")
        .isEmpty();
  }

  @Test
  void everySectionHasATable() {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < PAGE.size(); i++) {
      if (PAGE.get(i).startsWith("## ")) {
        List<String> rest = PAGE.subList(i + 1, PAGE.size());
        int end = (int) rest.stream().takeWhile(line -> !line.startsWith("## ")).count();
        if (!rest.subList(0, end).contains(HEAD)) {
          found.add(PAGE.get(i));
        }
      }
    }
    assertThat(found).as("sections of docs/robustness.md without a table").isEmpty();
  }

  @Test
  void aMethodIsFoundOnlyUnderAnAnnotationThatRunsIt() {
    String source =
        """
        class SomeTest {
          @Test
          void aSentence() {
            preparation();
          }

          @ParameterizedTest
          @ValueSource(ints = {1, 2})
          void another(int number) {}

          private static void preparation() {}
        }
        """;
    assertThat(declares(source, "aSentence")).isTrue();
    assertThat(declares(source, "another")).isTrue();
    assertThat(declares(source, "preparation")).isFalse();
    assertThat(declares(source, "sentence")).isFalse();
  }

  /** Looks at the lines between the blank one before a method and its name. */
  private static boolean declares(String source, String method) {
    Matcher name = Pattern.compile("(?m)^  \\S.*\\b" + method + "\\(").matcher(source);
    while (name.find()) {
      String before = source.substring(source.lastIndexOf("\n\n", name.start()) + 1, name.end());
      if (RUNS.matcher(before).find()) {
        return true;
      }
    }
    return false;
  }

  private static List<String> rows() {
    return PAGE.stream()
        .filter(line -> line.startsWith("|") && !line.equals(HEAD) && !line.matches("[|\\s:-]+"))
        .toList();
  }

  private static List<String> cells(String row) {
    String[] parts = BAR.split(row, -1);
    List<String> cells = new ArrayList<>();
    for (int i = 1; i < parts.length - 1; i++) { // outside of the first and last bar is nothing
      cells.add(parts[i].strip());
    }
    return cells;
  }

  private static Map<String, String> testsByClass() {
    Map<String, String> tests = new TreeMap<>();
    for (SourceFile source : SourceFile.allOf("test")) {
      tests.put(source.path().getFileName().toString().replace(".java", ""), source.text());
    }
    return tests;
  }
}
