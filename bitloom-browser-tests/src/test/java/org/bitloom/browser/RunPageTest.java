package org.bitloom.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

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
    assertThat(Curves.figures(browser)).isNotEmpty();
    assertThat(Curves.points(browser)).isNotEmpty().containsOnly(Folders.metrics().size());
  }

  @Test
  void theNumbersAtAnAxisAreRound() {
    assertThat(browser.texts(ACCURACY + " svg text")).contains("60 %").doesNotContain("60.0 %");
  }

  @Test
  void aSeriesIsHiddenAndShownAgain() {
    WebElement button = browser.find(ACCURACY + "-series0");
    int curves = curves();
    button.sendKeys(Keys.SPACE);
    assertThat(button.getAttribute("aria-pressed")).isEqualTo("false");
    assertThat(curves()).isEqualTo(curves - 1);
    button.sendKeys(Keys.ENTER);
    assertThat(button.getAttribute("aria-pressed")).isEqualTo("true");
    assertThat(curves()).isEqualTo(curves);
  }

  @Test
  void theCursorWalksFromEpochToEpoch() {
    WebElement cursor = browser.find(ACCURACY + "-cursor");
    assertThat(cursor.getAttribute("aria-valuetext")).startsWith("epoch 3:");
    cursor.sendKeys(Keys.ARROW_LEFT);
    assertThat(cursor.getAttribute("aria-valuetext")).startsWith("epoch 2:");
    cursor.sendKeys(Keys.HOME);
    assertThat(cursor.getAttribute("aria-valuetext")).startsWith("epoch 1:");
  }

  @Test
  void theFlipsHaveARowPerPlaneAndAColumnPerEpoch() {
    WebElement flips = browser.find("#flipmap-run1");
    assertThat(flips.getAttribute("data-points")).isEqualTo("3");
    assertThat(flips.getAttribute("data-planes")).isEqualTo("6");
    assertThat(browser.all("#flipmap-run1 .plot rect.heat")).hasSize(3 * 3);
  }

  @Test
  void thePlanesOfALayerAreDrawnWhenTheyAreOpened() {
    assertThat(browser.all("canvas[aria-label^='dense3.weight']")).isEmpty();
    browser.find("#planes-run1-2 > summary").sendKeys(Keys.ENTER);
    browser.waitFor("canvas[aria-label^='dense3.weight']");
    assertThat(browser.all("canvas[aria-label^='dense3.weight']")).hasSize(6);
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
    List<String> parts =
        browser.all("nav a").stream().map(link -> link.getAttribute("href")).toList();
    assertThat(parts).hasSizeGreaterThan(5);
    for (String part : parts) {
      String id = part.substring(part.indexOf('#'));
      browser.find("nav a[href='" + id + "']").sendKeys(Keys.ENTER);
      assertThat(browser.find(id).isDisplayed()).isTrue();
    }
  }

  @Test
  void theNumbersBehindACurveAreShown() {
    String numbers = ACCURACY + "-table";
    assertThat(browser.all(numbers + " table")).isEmpty();
    browser.find(numbers + " > summary").sendKeys(Keys.ENTER);
    browser.waitFor(numbers + " table");
    assertThat(browser.all(numbers + " tbody tr")).hasSize(Folders.metrics().size());
  }

  @Test
  void theNumbersBehindACurveAreSavedAsCsv() throws IOException {
    List<String> lines = browser.saved(() -> browser.find(ACCURACY + "-csv").sendKeys(Keys.ENTER));
    assertThat(lines).hasSize(1 + Folders.metrics().size());
    assertThat(lines.get(0)).startsWith("epoch,test,training");
  }

  private int curves() {
    return browser.all(ACCURACY + " g[data-series]").size();
  }
}
