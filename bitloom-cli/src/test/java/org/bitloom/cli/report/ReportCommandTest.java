package org.bitloom.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bitloom.cli.Captured;
import org.bitloom.testkit.GoldenModels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportCommandTest {
  @TempDir private Path folder;
  private Path model;
  private Path page;

  @BeforeEach
  void writeModel() throws IOException {
    model = GoldenModels.model("format3/nested", folder);
    page = folder.resolve("report.html");
  }

  private Captured report(String rest) {
    return Captured.run("report " + model + " " + rest);
  }

  @Test
  void thePageIsWrittenAndItsSizeTold() {
    Captured result = report("-o " + page);
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).startsWith(page.toString());
    assertThat(page).content().startsWith("<!doctype html>").endsWith("</html>\n");
  }

  @Test
  void jsonNamesTheFile() {
    assertThat(report("--json -o " + page).out()).contains("\"file\":\"" + page + "\",\"bytes\":");
  }

  @Test
  void thePageGoesToStdoutForADash() {
    assertThat(report("-o -").out()).startsWith("<!doctype html>");
  }

  @Test
  void anotherFileIsNotOverwritten() throws IOException {
    Files.writeString(page, "mine");
    Captured result = report("-o " + page);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("-o must not exist yet");
    assertThat(page).hasContent("mine");
  }

  @Test
  void thePageIsReplacedOnDemand() throws IOException {
    Files.writeString(page, "mine");
    assertThat(report("--overwrite -o " + page).exitCode()).isZero();
    assertThat(page).content().startsWith("<!doctype html>");
  }

  @Test
  void whatIsNoRunIsTold() {
    Captured result = Captured.run("report " + folder + " -o " + page);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("a report needs the folder of a run").hasLineCount(1);
    assertThat(page).doesNotExist();
  }

  @Test
  void aPageNeedsAnOutput() {
    assertThat(Captured.run("report " + model).exitCode()).isEqualTo(2);
  }
}
