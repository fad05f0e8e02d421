package org.bitloom.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.cli.Pages;
import org.junit.jupiter.api.Test;

/** Follows the links of README, pages and decisions to files and headings of the project. */
class PageLinksTest {
  private static final Pattern LINK = Pattern.compile("]\\(([^()\\s]+)\\)");

  private static final Pattern CODE =
      Pattern.compile("(?ms)^ *```.*?^ *```$|^    .*?$|`[^`\n]*(?:\n[^`\n]+)?`");

  private static final Pattern EXPERIMENT = Pattern.compile("experiments/[\\w-]+[.]sh");

  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+)$");

  private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```$");

  @Test
  void everyLinkLeadsToAFileAndAHeadingThatAreThere() {
    List<String> found = new ArrayList<>();
    for (Path page : Pages.all()) {
      String text = CODE.matcher(String.join("\n", Pages.lines(page))).replaceAll("");
      Matcher link = LINK.matcher(text);
      while (link.find()) {
        if (!link.group(1).contains(":") && !isThere(page, link.group(1))) {
          found.add(Pages.name(page) + ": " + link.group(1));
        }
      }
    }
    assertThat(found).as("links that lead nowhere").isEmpty();
  }

  @Test
  void everyExperimentOnAPageIsThere() {
    List<String> found = new ArrayList<>();
    for (Path page : Pages.ofUse()) {
      Matcher script = EXPERIMENT.matcher(String.join("\n", Pages.lines(page)));
      while (script.find()) {
        if (!Files.isExecutable(Pages.ROOT.resolve(script.group()))) {
          found.add(Pages.name(page) + ": " + script.group());
        }
      }
    }
    assertThat(found).as("experiments on pages that are not there").isEmpty();
  }

  @Test
  void everyPageOfDocsCanBeReachedFromTheReadme() {
    Path readme = Pages.ROOT.resolve("README.md");
    Set<Path> reached = new HashSet<>();
    List<Path> open = new ArrayList<>(List.of(readme));
    while (!open.isEmpty()) {
      Path page = open.remove(0);
      if (reached.add(page) && page.toString().endsWith(".md")) {
        Matcher link = LINK.matcher(String.join("\n", Pages.lines(page)));
        while (link.find()) {
          Path target = page.resolveSibling(link.group(1).split("#", 2)[0]).normalize();
          if (!link.group(1).contains(":") && Files.isRegularFile(target)) {
            open.add(target);
          }
        }
      }
    }
    assertThat(reached).as("pages that can be reached").containsAll(Pages.ofUse());
  }

  private static boolean isThere(Path page, String link) {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
  }

  /** Returns the anchors that GitHub gives the headings of a page. */
  private static Set<String> anchors(Path page) {
    Set<String> anchors = new HashSet<>();
    String text = FENCED.matcher(String.join("\n", Pages.lines(page))).replaceAll("");
    Matcher heading = HEADING.matcher(text);
    while (heading.find()) {
      String name = heading.group(1).toLowerCase(Locale.ROOT);
      anchors.add(name.replaceAll("[^\\p{L}\\p{N} _-]", "").strip().replace(' ', '-'));
    }
    return anchors;
  }
}
