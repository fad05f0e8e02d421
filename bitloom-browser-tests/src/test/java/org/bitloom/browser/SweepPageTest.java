package org.bitloom.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/** The page of a sweep, worked by keyboard alone. */
@ExtendWith(SharedBrowser.class)
class SweepPageTest {
  private static final String ROWS = "#rows-sweep1-table";
  private static final String RUNS = "#runs-sweep1-table";
  private static final int ACCURACY = 3;

  private Browser browser;

  @BeforeEach
  void openThePage(Browser shared) throws IOException {
    browser = shared;
    browser.open(ReportOn.SWEEP.page());
  }

  @AfterEach
  void noScriptFailed() {
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void theTableHasARowPerKindOfRunWithItsVerdict() {
    assertThat(browser.number(ROWS + " tbody tr")).isEqualTo(3);
    assertThat(browser.text(ROWS)).contains("too few seeds");
    assertThat(browser.text()).contains("Welch");
  }

  @Test
  void aTitleSortsTheRowsByItsColumnAndBack() {
    String title = "#rows-sweep1-by" + ACCURACY;
    browser.press(title, Keys.ENTER);
    List<String> once = column(ROWS, ACCURACY);
    String order = browser.attribute(ROWS + " th[aria-sort]", "aria-sort");
    browser.press(title, Keys.SPACE);
    List<String> twice = column(ROWS, ACCURACY);
    assertThat(order).isEqualTo("descending");
    assertThat(once).isSortedAccordingTo((a, b) -> Double.compare(number(b), number(a)));
    assertThat(twice).isSortedAccordingTo((a, b) -> Double.compare(number(a), number(b)));
    assertThat(browser.attribute(ROWS + " th[aria-sort]", "aria-sort")).isEqualTo("ascending");
  }

  @Test
  void everyRunIsOneClickAway() {
    List<String> runs = browser.texts(RUNS + " a");
    assertThat(runs).hasSize(6);
    for (int i = 0; i < runs.size(); i++) {
      browser.press(RUNS + " tbody tr:nth-child(" + (i + 1) + ") a", Keys.ENTER);
      browser.waitFor("figure[id^='accuracy-']");
      assertThat(browser.text("header")).contains(runs.get(i));
      assertThat(Curves.points(browser)).isNotEmpty().contains(2);
      browser.press(".back a", Keys.ENTER);
      browser.waitFor(RUNS);
    }
  }

  @Test
  void theNumbersOfTheTableAreSavedAsCsv() throws IOException {
    List<String> lines = browser.saved(() -> browser.press("#rows-sweep1-csv", Keys.ENTER));
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).startsWith("bits,mask,seeds,accuracy");
  }

  @Test
  void aTableWiderThanASheetIsPrintedAcross() throws IOException {
    assertThat(PrintedPages.across(browser.print("sweep"))).isZero();
    browser.open(ReportOn.WIDE_SWEEP.page());
    assertThat(PrintedPages.across(browser.print("wide-sweep"))).isOne();
  }

  private List<String> column(String table, int column) {
    return browser.texts(table + " tbody tr > :nth-child(" + (column + 1) + ")");
  }

  private static double number(String percent) {
    return Double.parseDouble(percent.replace(" %", ""));
  }
}
