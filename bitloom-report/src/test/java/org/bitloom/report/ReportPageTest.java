package org.bitloom.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.io.Json;
import org.bitloom.io.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of HTML: one piece, without a way out, whatever stands in the document. */
final class ReportPageTest {
  private static final Pattern DOCUMENT =
      Pattern.compile("(?s)<script type=\"application/json\"[^>]*>(.*?)</script>");

  @TempDir private Path folder;

  private Map<String, Object> document() throws IOException {
    return ReportDocument.of(List.of(RunFolder.finished(folder.resolve("run"), 3)));
  }

  @Test
  void namesFromFilesCannotLeaveTheDocument() throws IOException {
    String hostile = "</script><!--<script>alert(1)</script>\u2028&quot;@SCRIPT@@DOCUMENT@";
    Map<String, Object> document = new LinkedHashMap<>(document());
    document.put("hostile", hostile);
    String page = ReportPage.of(document);
    Matcher found = DOCUMENT.matcher(page);
    assertThat(found.find()).isTrue();
    assertThat(found.group(1)).doesNotContain("<").doesNotContain("\u2028");
    assertThat(Json.print(Json.parse(found.group(1)))).isEqualTo(Json.print(document));
  }

  @Test
  void thePolicyForbidsEveryAddressAndAllowsTwoScriptsAndStylesByChecksumOnly() throws IOException {
    String page = ReportPage.of(document());
    assertThat(page)
        .contains("default-src 'none'; script-src 'sha256-")
        .contains("style-src 'sha256-")
        .doesNotContain("connect-src")
        .doesNotContain("unsafe-inline")
        .doesNotContain("@SCRIPT");
  }

  @Test
  void noAddressLeadsOut() throws IOException {
    String page = ReportPage.of(document()).replace("http://www.w3.org/2000/svg", "");
    assertThat(page).doesNotContainPattern("(?i)https?://").doesNotContain("url(");
  }

  @Test
  void theScriptSetsTextAndNeverMarkup() throws IOException {
    assertThat(ReportPage.of(document()))
        .doesNotContain("innerHTML")
        .doesNotContain("outerHTML")
        .doesNotContain("insertAdjacentHTML")
        .doesNotContain("document.write")
        .doesNotContain("eval(");
  }

  @Test
  void aLivePageMayAskItsOwnServerOnly() throws IOException {
    assertThat(ReportPage.live(document(), "data.json?token=a1"))
        .contains("connect-src 'self'")
        .contains("data-live=\"data.json?token=a1\"");
  }

  @Test
  void anAddressThatCouldEndItsAttributeIsRefused() throws IOException {
    Map<String, Object> document = document();
    assertThatThrownBy(() -> ReportPage.live(document, "data.json\"><script>"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("letters, digits");
  }

  @Test
  void aRunOfAThousandEpochsStaysSmall() throws IOException {
    Path run = RunFolder.finished(folder.resolve("long"), 1000);
    assertThat(ReportPage.of(ReportDocument.of(List.of(run)))).hasSizeLessThan(500_000);
  }

  @Test
  void aLargeModelStaysBelowThreeMegabytes() throws IOException {
    Path run = RunFolder.finished(folder.resolve("large"), 2);
    ModelFile.write(run.resolve("model.safetensors"), RunFolder.model(2000, 2000));
    assertThat(ReportPage.of(ReportDocument.of(List.of(run)))).hasSizeBetween(1_000_000, 3_000_000);
  }
}
