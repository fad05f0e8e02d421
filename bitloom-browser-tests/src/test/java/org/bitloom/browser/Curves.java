package org.bitloom.browser;

import java.util.List;

/** The curves of a page, as they are drawn. */
final class Curves {
  /** Counts the corners of the line, not what an attribute says. */
  private static final String POINTS =
      """
      return [...document.querySelectorAll('figure g[data-series]')]
          .map(series => series.querySelector('path').getAttribute('d'))
          .map(line => line.match(/[ML]/g)?.length ?? 0);
      """;

  private Curves() {}

  /** Returns how many figures have curves. */
  static int figures(Browser browser) {
    return browser.number("figure[data-points]");
  }

  /** Returns how many points each curve has. */
  static List<Integer> points(Browser browser) {
    List<?> counts = (List<?>) browser.script(POINTS);
    return counts.stream().map(count -> ((Number) count).intValue()).toList();
  }
}
