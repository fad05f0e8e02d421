package org.bitloom.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every page, whatever it reports on. */
@ExtendWith(SharedBrowser.class)
class EveryPageTest {
  private static final long MIB = 1 << 20;

  @ParameterizedTest
  @EnumSource
  void thePageWorksWithoutAnErrorAndAsksForNothing(ReportOn subject, Browser browser)
      throws IOException {
    Path page = subject.page();
    browser.open(page);
    browser.openAll();
    browser.screenshot(subject + "-open");
    assertThat(browser.errors()).isEmpty();
    assertThat(browser.requests()).containsExactly(page.toUri().toString());
  }

  @ParameterizedTest
  @EnumSource
  void thePageKeepsToTheRulesForEveryReader(ReportOn subject, Browser browser) throws IOException {
    browser.open(subject.page());
    for (String scheme : new String[] {"light", "dark"}) {
      browser.scheme(scheme);
      assertThat(Axe.violations(browser)).as("%s in %s", subject, scheme).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void thePageFitsItsWidth(ReportOn subject, Browser browser) throws IOException {
    browser.open(subject.page());
    for (int width : new int[] {400, 1600}) {
      browser.width(width);
      browser.screenshot(subject + "-" + width);
      assertThat(browser.sideways()).as("%s at %d pixels", subject, width).isZero();
    }
    browser.scheme("dark");
    browser.screenshot(subject + "-1600-dark");
  }

  @ParameterizedTest
  @EnumSource
  void theKeyboardAloneReachesEverything(ReportOn subject, Browser browser) throws IOException {
    browser.open(subject.page());
    assertThat(Keyboard.unreached(browser)).isEmpty();
    assertThat(Keyboard.onlyForTheMouse(browser)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void thePageIsPrintedOnAFewSheets(ReportOn subject, Browser browser) throws IOException {
    browser.open(subject.page());
    assertThat(PrintedPages.in(browser.print(subject.toString()))).isBetween(1, subject.sheets());
  }

  @ParameterizedTest
  @EnumSource
  void thePageIsSmallEnoughToBeSent(ReportOn subject) throws IOException {
    assertThat(Files.size(subject.page())).isLessThan(3 * MIB);
  }
}
