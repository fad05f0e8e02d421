package org.bitloom.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Pages of runs that are short, long, damaged or not at their end. */
@ExtendWith(SharedBrowser.class)
class UnusualPageTest {
  private static final Duration USABLE = Duration.ofSeconds(2);

  @TempDir private Path folder;

  private Browser browser;

  @BeforeEach
  void takeTheBrowser(Browser shared) {
    browser = shared;
  }

  @AfterEach
  void noScriptFailed() {
    browser.openAll();
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void aRunOfOneEpochIsADot() throws IOException {
    open(Folders.metrics(1));
    assertThat(Curves.points(browser)).isNotEmpty().containsOnly(1);
    assertThat(browser.number("figure g[data-series] circle")).isPositive();
  }

  @Test
  void aRunOfAThousandEpochsIsDrawnWhole() throws IOException {
    open(Folders.metrics(1000));
    assertThat(Curves.points(browser)).isNotEmpty().containsOnly(1000);
    assertThat(browser.work()).isLessThan(USABLE);
  }

  @Test
  void aRunWithoutAnEpochSaysSo() throws IOException {
    open(List.of());
    assertThat(browser.text()).contains("No epoch has ended yet");
  }

  @Test
  void aLossThatIsNoNumberIsAGapInItsCurve() throws IOException {
    List<String> lines = new ArrayList<>(Folders.metrics());
    lines.set(1, lines.get(1).replaceFirst("\"trainLoss\":[^,]+", "\"trainLoss\":NaN"));
    open(lines);
    assertThat(Curves.points(browser)).contains(lines.size() - 1, lines.size());
    assertThat(browser.text()).doesNotContain("NaN").doesNotContain("undefined");
  }

  @Test
  void metricsThatAreAllNoNumbersStillMakeAPage() throws IOException {
    open(Folders.metrics().stream().map(UnusualPageTest::withoutNumbers).toList());
    assertThat(browser.text()).doesNotContain("NaN").doesNotContain("undefined");
  }

  private static String withoutNumbers(String line) {
    return line.replaceAll(":[-0-9.][-+0-9.eE]*(?=[,}])", ":NaN")
        .replaceFirst("\"epoch\":NaN", "\"epoch\":1");
  }

  @Test
  void aDamagedLineIsRemarkedOn() throws IOException {
    List<String> lines = new ArrayList<>(Folders.metrics());
    lines.set(1, lines.get(1).substring(0, 40));
    open(lines);
    assertThat(browser.text()).contains("line 2 of metrics.jsonl");
    assertThat(Curves.points(browser)).containsOnly(lines.size() - 1);
  }

  @Test
  void aFolderThatIsBeingWrittenShowsWhatIsThere() throws IOException {
    Path run = Folders.runWith(folder.resolve("run"), Folders.metrics());
    Files.delete(run.resolve("model.safetensors"));
    Files.writeString(
        run.resolve("metrics.jsonl"), "{\"epoch\":4,\"tra", StandardOpenOption.APPEND);
    browser.open(Folders.report(folder.resolve("page.html"), run));
    assertThat(Curves.points(browser)).isNotEmpty().containsOnly(Folders.metrics().size());
    assertThat(browser.text()).contains("stopped");
  }

  private void open(List<String> metrics) throws IOException {
    Path run = Folders.runWith(folder.resolve("run"), metrics);
    browser.open(Folders.report(folder.resolve("page.html"), run));
  }
}
