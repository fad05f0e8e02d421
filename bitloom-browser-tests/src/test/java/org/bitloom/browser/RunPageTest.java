package org.bitloom.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/** The page of a run, worked by keyboard alone. */
@ExtendWith(SharedBrowser.class)
class RunPageTest {
  private static final String ACCURACY = "#accuracy-run1";

  private Browser browser;

  @BeforeEach
  void openThePage(Browser shared) throws IOException {
    browser = shared;
    browser.open(ReportOn.RUN.page());
  }

  @Test
  void everyCurveHasAsManyPointsAsThereWereEpochs() {
    assertThat(Curves.figures(browser)).isPositive();
    assertThat(Curves.points(browser)).isNotEmpty().containsOnly(Folders.metrics().size());
  }

  @Test
  void theNumbersAtAnAxisAreRound() {
    assertThat(browser.texts(ACCURACY + " svg text")).contains("60 %").doesNotContain("60.0 %");
  }

  @Test
  void aSeriesIsHiddenAndShownAgain() {
    String button = ACCURACY + "-series0";
    int curves = curves();
    browser.press(button, Keys.SPACE);
    assertThat(browser.attribute(button, "aria-pressed")).isEqualTo("false");
    assertThat(curves()).isEqualTo(curves - 1);
    browser.press(button, Keys.ENTER);
    assertThat(browser.attribute(button, "aria-pressed")).isEqualTo("true");
    assertThat(curves()).isEqualTo(curves);
  }

  @Test
  void theCursorWalksFromEpochToEpoch() {
    String cursor = ACCURACY + "-cursor";
    assertThat(browser.attribute(cursor, "aria-valuetext")).startsWith("epoch 3:");
    browser.press(cursor, Keys.ARROW_LEFT);
    assertThat(browser.attribute(cursor, "aria-valuetext")).startsWith("epoch 2:");
    browser.press(cursor, Keys.HOME);
    assertThat(browser.attribute(cursor, "aria-valuetext")).startsWith("epoch 1:");
  }

  @Test
  void theFlipsHaveARowPerPlaneAndAColumnPerEpoch() {
    String flips = "#flipmap-run1";
    assertThat(browser.attribute(flips, "data-points")).isEqualTo("3");
    assertThat(browser.attribute(flips, "data-planes")).isEqualTo("6");
    assertThat(browser.number("#flipmap-run1 .plot rect.heat")).isEqualTo(3 * 3);
  }

  @Test
  void thePlanesOfALayerAreDrawnWhenTheyAreOpened() {
    assertThat(browser.number("canvas[aria-label^='dense3.weight']")).isZero();
    browser.press("#planes-run1-2 > summary", Keys.ENTER);
    browser.waitFor("canvas[aria-label^='dense3.weight']");
    assertThat(browser.number("canvas[aria-label^='dense3.weight']")).isEqualTo(6);
  }

  @Test
  void theMatrixOfMistakesCountsEveryTestSample() {
    assertThat(
            browser.count(
                "return [...document.querySelectorAll('#confusion-run1 tbody td')]"
                    + ".map(cell => Number(cell.textContent.replace(/\\D/g, '')))"
                    + ".reduce((sum, count) => sum + count, 0);"))
        .isEqualTo(10_000);
  }

  @Test
  void everyPartIsReachedFromTheTop() {
    List<String> parts = browser.attributes("nav a", "href");
    assertThat(parts).hasSizeGreaterThan(5).allMatch(part -> part.startsWith("#"));
    for (String id : parts) {
      browser.press("nav a[href='" + id + "']", Keys.ENTER);
      browser.waitUntil(() -> browser.isShown(id));
    }
  }

  @Test
  void theNumbersBehindACurveAreShown() {
    String numbers = ACCURACY + "-table";
    assertThat(browser.number(numbers + " table")).isZero();
    browser.press(numbers + " > summary", Keys.ENTER);
    browser.waitFor(numbers + " table");
    assertThat(browser.number(numbers + " tbody tr")).isEqualTo(Folders.metrics().size());
  }

  @Test
  void theNumbersBehindACurveAreSavedAsCsv() throws IOException {
    List<String> lines = browser.saved(() -> browser.press(ACCURACY + "-csv", Keys.ENTER));
    assertThat(lines).hasSize(1 + Folders.metrics().size());
    assertThat(lines.get(0)).startsWith("epoch,test,training");
  }

  private int curves() {
    return browser.number(ACCURACY + " g[data-series]");
  }
}
