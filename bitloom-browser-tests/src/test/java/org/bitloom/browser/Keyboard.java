package org.bitloom.browser;

import java.util.List;

/** What a reader without a mouse gets at. */
final class Keyboard {
  /** Marks where the focus has been; {@code name} says an element's place in the page. */
  private static final String WATCH =
      """
      window.reached = new Set();
      document.addEventListener('focusin', event => window.reached.add(event.target), true);
      window.seen = node => node.checkVisibility({visibilityProperty: true});
      window.place = node => node.outerHTML.slice(0, 100);
      """;

  private static final String WORKABLE =
      """
      const workable = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
      return [...document.querySelectorAll(workable)]
          .filter(node => !node.disabled && node.tabIndex >= 0 && window.seen(node))
      """;

  private static final String ONLY_CLICKED =
      """
      const workable = 'a[href], button, input, select, textarea, summary, label, [tabindex="0"]';
      return [...document.querySelectorAll('body *')]
          .filter(node => window.seen(node) && getComputedStyle(node).cursor === 'pointer'
              && !node.closest(workable))
          .map(window.place);
      """;

  private Keyboard() {}

  /** Goes through the page by tabulator and returns what can be worked but was not reached. */
  static List<String> unreached(Browser browser) {
    browser.script(WATCH);
    int places = browser.count(WORKABLE + ".length;");
    browser.script("document.activeElement.blur(); scrollTo(0, 0);");
    browser.tabulate(places + 1);
    return texts(
        browser.script(WORKABLE + ".filter(node => !window.reached.has(node)).map(window.place);"));
  }

  /** Returns what looks as if it could be clicked, but lies in nothing that takes the focus. */
  static List<String> onlyForTheMouse(Browser browser) {
    browser.script(WATCH);
    return texts(browser.script(ONLY_CLICKED));
  }

  private static List<String> texts(Object found) {
    return ((List<?>) found).stream().map(String.class::cast).toList();
  }
}
