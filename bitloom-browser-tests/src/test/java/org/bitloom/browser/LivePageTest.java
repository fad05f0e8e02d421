package org.bitloom.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.bitloom.watch.Watch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The page of a run that goes on in another process. */
@ExtendWith(SharedBrowser.class)
class LivePageTest {
  private static final String LONG = "train --limit 200 --epochs 10000 --out ";

  @TempDir private Path folder;

  private Browser browser;
  private Path run;

  @BeforeEach
  void chooseAFolder(Browser shared) {
    browser = shared;
    run = folder.resolve("run");
  }

  @Test
  void theEpochsAreSeenToCountAndTheDeathOfTheRunIsTold() throws Exception {
    try (Watch watch = Watch.start(run, 0)) {
      browser.open(watch.address());
      awaitStanding("absent");
      browser.script("window.neverLoadedAnew = true;");
      try (Command training = Command.start((LONG + run).split(" "))) {
        awaitStanding("working");
        browser.waitFor("#live-epoch");
        int before = epoch();
        browser.waitUntil(() -> epoch() > before && longestCurve() > before);
        browser.screenshot("live-working");
        assertThat(Axe.violations(browser)).isEmpty();
        training.kill();
        awaitStanding("killed");
      }
      assertThat(browser.text()).contains("train --resume " + run);
      assertThat(browser.script("return window.neverLoadedAnew;")).isEqualTo(true);
      browser.screenshot("live-killed");
      noErrorAndNoRequestBut(watch.address());
    }
  }

  @Test
  void whatTheReaderOpenedStaysOpenWhileEpochsCome() throws Exception {
    try (Watch watch = Watch.start(run, 0);
        Command training = Command.start((LONG + run).split(" "))) {
      training.lineWith("epoch 2/");
      browser.open(watch.address());
      browser.waitFor("figure details");
      browser.script(
          "const title = document.querySelector('figure details > summary');"
              + "title.focus(); title.click();");
      browser.waitFor("figure details[open] tbody tr");
      int rows = rows();
      browser.waitUntil(() -> rows() > rows);
      assertThat(browser.script("return document.activeElement.tagName;")).isEqualTo("SUMMARY");
    }
  }

  @Test
  void aRunThatIsKilledIsFollowedAgainWhenItIsResumed() throws Exception {
    try (Watch watch = Watch.start(run, 0)) {
      try (Command training = Command.start((LONG + run).split(" "))) {
        training.lineWith("epoch 2/");
      }
      browser.open(watch.address());
      awaitStanding("killed");
      try (Command training = Command.start("train", "--resume", run.toString())) {
        awaitStanding("working");
        training.lineWith("epoch 4/");
        browser.waitUntil(() -> epoch() > 3);
      }
    }
  }

  @Test
  void trainingWithWatchPrintsThePageAndShowsTheRunUntilItsEnd() throws Exception {
    String words = "train --watch --limit 200 --epochs 20 --out " + run;
    try (Command training = Command.start(words.split(" "))) {
      browser.open(pageOf(training));
      awaitStanding("working");
      awaitStanding("finished");
      browser.waitUntil(() -> longestCurve() == 20);
      browser.waitFor("#live[data-ended]");
      browser.screenshot("live-finished");
    }
  }

  @Test
  void aServerThatIsGoneIsTold() throws Exception {
    try (Command watch = Command.start("watch", run.toString())) {
      browser.open(pageOf(watch));
      awaitStanding("absent");
    }
    awaitStanding("lost");
    assertThat(browser.text()).contains("No answer");
  }

  @Test
  void theRunsOfASweepAreSeenToEnd() throws Exception {
    String words = "sweep --masks top1,top3 --seeds 1..2 --limit 200 --epochs 2 --out " + run;
    try (Watch watch = Watch.start(run, 0);
        Command sweep = Command.start(words.split(" "))) {
      browser.open(watch.address());
      awaitStanding("working");
      browser.waitUntil(() -> number("live-ended") > 0);
      browser.screenshot("live-sweep");
      sweep.lineWith("4/4");
      awaitStanding("finished");
      noErrorAndNoRequestBut(watch.address());
    }
  }

  private static URI pageOf(Command command) throws IOException {
    String line = command.lineWith("http://127.0.0.1:");
    return URI.create(line.replaceFirst(".*(http://\\S+).*", "$1"));
  }

  private void awaitStanding(String name) {
    browser.waitFor("#live[data-standing='" + name + "']");
  }

  private int epoch() {
    return number("live-epoch");
  }

  /** Asks the page itself: an element that was found may be drawn anew before it is read. */
  private int number(String id) {
    return browser.count(
        "const word = document.getElementById(arguments[0]);"
            + "return word ? Number(word.textContent.replace('epoch ', '')) : 0;",
        id);
  }

  private int rows() {
    return browser.number("figure details[open] tbody tr");
  }

  private int longestCurve() {
    return Curves.points(browser).stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  private void noErrorAndNoRequestBut(URI address) throws IOException {
    assertThat(browser.errors()).isEmpty();
    assertThat(browser.requests()).allMatch(request -> request.startsWith(address.toString()));
  }
}
