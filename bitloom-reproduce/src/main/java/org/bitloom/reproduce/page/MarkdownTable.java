package org.bitloom.reproduce.page;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown. */
final class MarkdownTable {
  private final int columns;
  private final List<String> lines = new ArrayList<>();

  MarkdownTable(String... titles) {
    columns = titles.length;
    add(titles);
    lines.add("|---".repeat(columns) + "|");
  }

  /** Adds a row of as many cells as there are titles. */
  final void add(String... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException("a row must have " + columns + " cells");
    }
    StringBuilder line = new StringBuilder("|");
    for (String cell : cells) {
      line.append(' ').append(cell.replace("|", "\\|")).append(cell.isEmpty() ? "|" : " |");
    }
    lines.add(line.toString());
  }

  /** Says whether there is a row below the titles. */
  boolean hasRows() {
    return lines.size() > 2;
  }

  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }
}
