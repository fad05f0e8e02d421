package org.bitloom.browser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Counts the pages of a PDF that Chromium wrote: it leaves the page objects uncompressed. */
final class PrintedPages {
  private static final Pattern PAGE = Pattern.compile("/Type\\s*/Page\\b(?!s)");

  private PrintedPages() {}

  static int in(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    return (int) PAGE.matcher(text).results().count();
  }
}
