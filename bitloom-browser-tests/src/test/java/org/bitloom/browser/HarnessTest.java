package org.bitloom.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The referee of the other tests sees what they look for, on pages that have it. */
@ExtendWith(SharedBrowser.class)
class HarnessTest {
  @TempDir private Path folder;

  @Test
  void anExceptionOfAPageIsSeen(Browser browser) throws IOException {
    browser.open(page("<script>null.length</script>"));
    assertThat(browser.errors()).singleElement().asString().contains("TypeError");
  }

  @Test
  void aLateExceptionOfAPageIsSeen(Browser browser) throws IOException {
    browser.open(page("<button onclick='none()'>b</button>"));
    browser.press("button", Keys.ENTER);
    assertThat(browser.errors()).singleElement().asString().contains("ReferenceError");
  }

  @Test
  void aLineOnTheConsoleIsSeen(Browser browser) throws IOException {
    browser.open(page("<script>console.error('said')</script>"));
    assertThat(browser.errors()).singleElement().asString().contains("said");
  }

  @Test
  void aRequestIsSeenAndGoesNowhere(Browser browser) throws IOException {
    browser.open(page("<img alt='' src='http://example.org/picture.png'>"));
    assertThat(browser.requests()).contains("http://example.org/picture.png");
    assertThat(browser.errors()).singleElement().asString().contains("ERR_NAME_NOT_RESOLVED");
  }

  @Test
  void aPageAloneAsksForNothingElse(Browser browser) throws IOException {
    Path page = page("<img alt='' src='data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA='>");
    browser.open(page);
    assertThat(browser.requests()).containsExactly(page.toUri().toString());
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void aPageOfAnotherTestLeavesNothingBehind(Browser browser) throws IOException {
    browser.open(page("<script>null.length</script>"));
    browser.open(URI.create("about:blank"));
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void paleTextIsAViolation(Browser browser) throws IOException {
    browser.open(page("<p style='color: #ddd; background: #fff'>pale</p>"));
    assertThat(Axe.violations(browser)).singleElement().asString().contains("color-contrast");
  }

  @Test
  void aButtonWithoutANameIsAViolation(Browser browser) throws IOException {
    browser.open(page("<button></button>"));
    assertThat(Axe.violations(browser)).singleElement().asString().contains("button-name");
  }

  @Test
  void schemeAndWidthReachThePage(Browser browser) throws IOException {
    browser.open(page("<p>text</p>"));
    browser.scheme("dark");
    browser.width(400);
    assertThat(browser.script("return matchMedia('(prefers-color-scheme: dark)').matches"))
        .isEqualTo(true);
    assertThat(browser.count("return innerWidth")).isEqualTo(400);
  }

  @Test
  void aPrintedPageIsCounted(Browser browser) throws IOException {
    browser.open(page("<p>one</p><p style='break-before: page'>two</p>"));
    assertThat(PrintedPages.in(browser.print("harness"))).isEqualTo(2);
  }

  @Test
  void theWorkOfAPageIsMeasured(Browser browser) throws IOException {
    browser.open(
        page(
            "<script>for (const t = performance.now(); performance.now() < t + 600;) {}</script>"));
    long busy = browser.work().toMillis();
    browser.open(page("<p>one</p>"));
    assertThat(browser.work().toMillis()).isLessThan(busy);
  }

  private Path page(String body) throws IOException {
    String html =
        "<!doctype html><html lang='en'><meta charset='utf-8'><title>t</title>"
            + "<body><main><h1>h</h1>"
            + body
            + "</main></body></html>";
    return Files.writeString(folder.resolve("page.html"), html, StandardCharsets.UTF_8);
  }
}
