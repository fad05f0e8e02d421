package org.bitloom.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Checks the rules of the house that show in the text of the sources and pages. */
class SourceRulesTest {
  private static final int FILE_LINES = 300;
  private static final int LINE_LENGTH = 100;
  private static final int PACKAGE_FILES = 25;
  private static final Pattern LATER = Pattern.compile("\\b(TO[D]O|FIX[M]E|X[X]X)\\b");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");

  @Test
  void thereAreSourcesToCheck() {
    assertThat(SourceFile.allOf("main")).isNotEmpty();
    assertThat(SourceFile.allOf("test")).isNotEmpty();
  }

  @Test
  void filesAreShortOrSayWhyNot() {
    List<String> found = new ArrayList<>();
    for (SourceFile source : SourceFile.all()) {
      if (source.lines().size() > FILE_LINES && !source.text().contains("Long file: ")) {
        found.add(source.path() + " has " + source.lines().size() + " lines");
      }
    }
    assertThat(found)
        .as(
            "files of more than %d lines: split by concept, or write 'Long file: REASON' into the"
                + " class comment",
            FILE_LINES)
        .isEmpty();
  }

  @Test
  void linesFitAPage() {
    List<String> found = new ArrayList<>();
    for (SourceFile source : SourceFile.all()) {
      for (int i = 0; i < source.lines().size(); i++) {
        String line = source.lines().get(i);
        boolean unbreakable = line.startsWith("import ") || line.contains("https://");
        if (line.length() > LINE_LENGTH && !unbreakable) {
          found.add(source.path() + ":" + (i + 1) + " has " + line.length() + " characters");
        }
      }
    }
    assertThat(found)
        .as("lines of more than %d characters: break them, then mvn spotless:apply", LINE_LENGTH)
        .isEmpty();
  }

  @Test
  void nothingIsLeftForLater() {
    List<String> found = new ArrayList<>();
    for (SourceFile source : SourceFile.all()) {
      for (int i = 0; i < source.lines().size(); i++) {
        if (LATER.matcher(source.lines().get(i)).find()) {
          found.add(source.path() + ":" + (i + 1) + " " + source.lines().get(i).strip());
        }
      }
    }
    assertThat(found).as("notes to oneself: do it now, or open an issue and remove it").isEmpty();
  }

  @Test
  void packagesAreSmallEnoughToBeReadAtOnce() {
    Map<String, Integer> files = new TreeMap<>();
    for (SourceFile source : SourceFile.allOf("main")) {
      if (!source.isPackageInfo()) {
        files.merge(source.module() + " " + source.packageName(), 1, Integer::sum);
      }
    }
    files.values().removeIf(count -> count <= PACKAGE_FILES);
    assertThat(files)
        .as("packages of more than %d files: split them by concept", PACKAGE_FILES)
        .isEmpty();
  }

  @Test
  void everyPackageIntroducesItselfWithASnippet() {
    Set<String> packages = new TreeSet<>();
    Set<String> introduced = new TreeSet<>();
    for (SourceFile source : SourceFile.allOf("main")) {
      String name = source.module() + " " + source.packageName();
      packages.add(name);
      if (source.isPackageInfo() && source.text().contains("<pre>{@code")) {
        introduced.add(name);
      }
    }
    packages.removeAll(introduced);
    assertThat(packages)
        .as("packages without package-info.java of one paragraph and a <pre>{@code snippet}</pre>")
        .isEmpty();
  }

  @Test
  void linksBetweenPagesLeadSomewhere() {
    List<String> found = new ArrayList<>();
    for (Path page : pages()) {
      Matcher link = LINK.matcher(String.join("\n", SourceFile.read(page)));
      while (link.find()) {
        boolean local = !link.group(1).contains(":");
        if (local && !Files.exists(page.resolveSibling(link.group(1)))) {
          found.add(SourceFile.ROOT.relativize(page) + " links to " + link.group(1));
        }
      }
    }
    assertThat(pages()).as("pages in %s", SourceFile.ROOT).isNotEmpty();
    assertThat(found).as("links to files that are not there: correct or remove them").isEmpty();
  }

  private static List<Path> pages() {
    List<Path> pages = new ArrayList<>();
    for (String name : List.of("README.md", "CONTRIBUTING.md", "CHANGES.md")) {
      pages.add(SourceFile.ROOT.resolve(name));
    }
    for (Path file : SourceFile.filesBelow(SourceFile.ROOT.resolve("docs"))) {
      if (file.toString().endsWith(".md")) {
        pages.add(file);
      }
    }
    return pages;
  }
}
