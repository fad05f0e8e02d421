package org.bitloom.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A page whose classes, files, data set and run have names that are scripts. */
@ExtendWith(SharedBrowser.class)
class HostilePageTest {
  @Test
  void namesAreShownAndNeverRun(Browser browser) throws IOException {
    browser.open(ReportOn.HOSTILE.page());
    browser.openAll();
    assertThat(browser.text()).contains(Folders.HOSTILE_RUN).contains(HostileData.CLASSES);
    assertThat(browser.number("[onload], [onerror], img[src=x]")).isZero();
    // The policy of the page names a script that it stopped on the console.
    assertThat(browser.errors()).isEmpty();
  }
}
