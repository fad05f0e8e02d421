package org.bitloom.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/** The page of a sweep of 500 runs of 50 epochs. */
@ExtendWith(SharedBrowser.class)
class LargeSweepPageTest {
  private static final int RUNS = 500;
  private static final int EPOCHS = 50;
  private static final long MB = 1_000_000;
  private static final Duration USABLE = Duration.ofSeconds(2);
  private static final String ROWS = "#runs-sweep1-table tbody tr";

  private static Path page;

  private Browser browser;

  @BeforeAll
  static void writeThePage() throws IOException {
    Path target = Path.of("target").toAbsolutePath();
    Path sweep = LargeSweep.write(Folders.empty("a-large-sweep"), RUNS, EPOCHS);
    page = Folders.report(target.resolve("pages").resolve("large-sweep.html"), sweep);
  }

  @BeforeEach
  void openThePage(Browser shared) {
    browser = shared;
    browser.open(page);
  }

  @Test
  void itIsSmallEnoughToBeSent() throws IOException {
    assertThat(Files.size(page)).isLessThan(10 * MB);
  }

  @Test
  void itIsUsableAtOnce() {
    assertThat(browser.number(ROWS)).isEqualTo(RUNS);
    assertThat(browser.work()).isLessThan(USABLE);
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void itsRunsAreSortedAtOnce() {
    browser.press("#runs-sweep1-by0", Keys.ENTER);
    browser.press("#runs-sweep1-by0", Keys.ENTER);
    assertThat(browser.work()).isLessThan(USABLE.multipliedBy(2));
    assertThat(browser.text(ROWS + " a")).startsWith("lenet300-mnist-float");
  }

  @Test
  void aRunIsShownAtOnce() {
    browser.press(ROWS + " a", Keys.ENTER);
    browser.waitFor("figure[id^='accuracy-']");
    assertThat(Curves.points(browser)).isNotEmpty();
    assertThat(browser.work()).isLessThan(USABLE.multipliedBy(2));
    assertThat(browser.errors()).isEmpty();
  }
}
