package org.bitloom.browser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Counts the pages of a PDF that Chromium wrote: it leaves the page objects uncompressed. */
final class PrintedPages {
  private static final Pattern PAGE = Pattern.compile("/Type\\s*/Page\\b(?!s)");

  private static final Pattern ACROSS = Pattern.compile("/MediaBox\\s*\\[\\s*0 0 792 612");

  private PrintedPages() {}

  static int in(Path file) throws IOException {
    return count(PAGE, file);
  }

  /** Counts the pages that lie across. */
  static int across(Path file) throws IOException {
    return count(ACROSS, file);
  }

  private static int count(Pattern pattern, Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    return (int) pattern.matcher(text).results().count();
  }
}
