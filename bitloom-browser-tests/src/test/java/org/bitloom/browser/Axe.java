package org.bitloom.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The rules of WCAG 2 as axe-core checks them: contrast, names, roles, order of headings. */
final class Axe {
  private static final String SCRIPT = read();

  private static final String RUN =
      """
      const done = arguments[arguments.length - 1];
      axe.run(document, {resultTypes: ['violations']}).then(
          found => done(found.violations.flatMap(rule => rule.nodes.map(node =>
              rule.id + ': ' + node.target.join(' ') + ': '
                  + node.failureSummary.replace(/\\s+/g, ' ')))),
          error => done(['axe itself failed: ' + error]));
      """;

  private Axe() {}

  /** Returns what is wrong with the page as it is shown now: rule, place, what to do. */
  static List<String> violations(Browser browser) {
    browser.script("if (!window.axe) { " + SCRIPT + " }");
    List<?> found = (List<?>) browser.asynchronous(RUN);
    return found.stream().map(String.class::cast).toList();
  }

  private static String read() {
    try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
