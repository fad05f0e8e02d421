package org.bitloom.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.io.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names from files, which others may have written, are data of the page and never a part of it. */
class HostileNamesTest {
  private static final Pattern DATA =
      Pattern.compile("<script type=\"application/json\"[^>]*>(.*?)</script>", Pattern.DOTALL);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "<img src=x onerror=alert(1)>",
        "\"'`&lt;&amp;",
        "@DOCUMENT@@SCRIPT@$1\\u003c",
        "a\u2028b\u2029c\u202e\u0000\n\t",
        "😀"
      })
  void aNameComesBackFromThePageAsItWasAndAddsNothingToIt(String name) throws IOException {
    WrittenRun hostile = new WrittenRun(folder.resolve("a"), List.of(name, "one")).model("w");
    WrittenRun plain = new WrittenRun(folder.resolve("b")).model("w");
    String page = page(hostile.folder());
    assertThat(names(page)).isEqualTo(List.of(name, "one"));
    assertThat(around(page)).isEqualTo(around(page(plain.folder())));
  }

  @Test
  void soDoesTheNameOfALayerAndOfAFolder() throws IOException {
    String name = "<script>alert(1)<";
    WrittenRun hostile = new WrittenRun(folder.resolve(name)).metrics(WrittenRun.lines(1));
    hostile.model("<" + "/script>.weight");
    String page = page(hostile.folder());
    assertThat(around(page)).doesNotContain("alert(1)");
    assertThat(DATA.matcher(page).results()).hasSize(1);
    assertThat(run(page).get("name")).isEqualTo(name);
    assertThat(String.valueOf(run(page).get("model"))).contains("</script>.weight");
  }

  @Test
  void aKeyOfTheMetricsIsANameToo() throws IOException {
    WrittenRun hostile = new WrittenRun(folder.resolve("a"));
    hostile.metrics(List.of("{\"epoch\":1,\"</script><b>\":1,\"__proto__\":2}"));
    String page = page(hostile.folder());
    assertThat(DATA.matcher(page).results()).hasSize(1);
    Map<?, ?> epochs = (Map<?, ?>) run(page).get("epochs");
    assertThat(epochs.get("</script><b>")).isEqualTo(List.of(1L));
  }

  private static String page(Path run) throws IOException {
    return ReportPage.of(ReportDocument.of(List.of(run)));
  }

  private static Map<?, ?> run(String page) {
    Matcher data = DATA.matcher(page);
    assertThat(data.find()).isTrue();
    Map<?, ?> document = (Map<?, ?>) Json.parse(data.group(1));
    return (Map<?, ?>) ((List<?>) document.get("runs")).get(0);
  }

  private static Object names(String page) {
    return run(page).get("classNames");
  }

  /** Returns the page without its data. */
  private static String around(String page) {
    return DATA.matcher(page).replaceFirst("");
  }
}
