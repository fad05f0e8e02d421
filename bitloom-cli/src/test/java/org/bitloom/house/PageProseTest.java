package org.bitloom.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.cli.Pages;
import org.junit.jupiter.api.Test;

/** Keeps the prose of README, pages and decisions in lines of one length. */
class PageProseTest {
  private static final int LINE_LENGTH = 100;

  @Test
  void linesOfProseAreWrapped() {
    List<String> found = new ArrayList<>();
    for (Path page : Pages.all()) {
      List<String> lines = Pages.lines(page);
      boolean fenced = false;
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        fenced ^= line.strip().startsWith("```");
        if (!fenced && isProse(line) && canBeBroken(line)) {
          found.add(Pages.name(page) + ":" + (i + 1) + " has " + line.length() + " characters");
        }
      }
    }
    assertThat(found).as("lines of prose of more than %d characters", LINE_LENGTH).isEmpty();
  }

  /** Says whether a line is no table, code, heading, picture or mark-up. */
  private static boolean isProse(String line) {
    return !line.startsWith("    ") && !line.isEmpty() && "|#!<".indexOf(line.charAt(0)) < 0;
  }

  private static boolean canBeBroken(String line) {
    String start = line.substring(0, Math.min(line.length(), LINE_LENGTH + 1)).strip();
    return line.length() > LINE_LENGTH
        && start.substring(Math.min(4, start.length())).contains(" ");
  }
}
