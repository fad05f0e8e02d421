package org.bitloom.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bitloom.cli.Captured;
import org.bitloom.cli.FakeLibrary;
import org.bitloom.data.PublishedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FetchCommandTest {
  @TempDir private Path cache;

  private Captured fetch(int status, int columns, String... options) throws IOException {
    try (PublishedSet server = new PublishedSet(status)) {
      FakeLibrary library = new FakeLibrary(true, null);
      library.sets = progress -> server.sets(cache, progress);
      String[] words = ("data fetch " + String.join(" ", options)).strip().split(" ");
      return Captured.run(library, columns, words);
    }
  }

  @Test
  void whatIsAbsentIsFetchedWithALineAtTheBeginningAndTheEndOfEachFile() throws IOException {
    Captured result = fetch(200, 0);
    Path folder = cache.resolve("fashion-mnist");
    assertThat(result.out()).isEqualTo("fashion-mnist: " + folder + "\n");
    assertThat(
            result.err().lines().filter(line -> line.startsWith("downloading http://127.0.0.1:")))
        .hasSize(4);
    assertThat(result.err())
        .contains("/train-images-idx3-ubyte.gz into " + folder + "\n")
        .contains(
            "\nt10k-labels-idx1-ubyte.gz  " + PublishedSet.length() + " bytes, checksum good, ");
    assertThat(result.exitCode()).isZero();
    assertThat(folder.resolve("t10k-labels-idx1-ubyte.gz")).exists();
    assertThat(fetch(500, 0).out()).isEqualTo("all data sets are on this machine\n");
  }

  @Test
  void quietShowsNoProgress() throws IOException {
    Captured result = fetch(200, 80, "fashion-mnist", "--quiet");
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).startsWith("fashion-mnist: ");
  }

  @Test
  void jsonTellsWhereEachSetLiesAndWhetherItWasFetched() throws IOException {
    String expected =
        "{\"datasets\":[{\"name\":\"fashion-mnist\",\"place\":\"%s\",\"fetched\":%b},"
            + "{\"name\":\"mnist\",\"place\":\"bundled\",\"fetched\":false}]}\n";
    Path folder = cache.resolve("fashion-mnist");
    String[] words = {"fashion-mnist", "mnist", "--json", "--quiet"};
    assertThat(fetch(200, 0, words).out()).isEqualTo(expected.formatted(folder, true));
    assertThat(fetch(500, 0, words).out()).isEqualTo(expected.formatted(folder, false));
  }

  @Test
  void aDownloadThatFailsExitsWith1AndTakesTheLiveLineAway() throws IOException {
    Captured result = fetch(404, 40);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err().replaceAll("\\s+", " "))
        .matches(
            ".* bitloom: http://127.0.0.1:\\d+/train-images-idx3-ubyte.gz must offer"
                + " the file, found HTTP status 404; put the file at .* by hand ");
  }

  @Test
  void anUnknownNameIsAUsageError() throws IOException {
    Captured result = fetch(200, 0, "imagenet");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).startsWith("bitloom: data to fetch must be one of mnist,");
  }

  @Test
  void anIncompleteSetIsListedAndTheOthersToo() throws IOException {
    Path folder = Files.createDirectories(cache.resolve("fashion-mnist"));
    Files.createFile(folder.resolve("train-images-idx3-ubyte"));
    try (PublishedSet server = new PublishedSet(500)) {
      FakeLibrary library = new FakeLibrary(true, null);
      library.sets = progress -> server.sets(cache, progress);
      assertThat(Captured.run(library, 0, "data", "list").out())
          .contains("(bundled)\n", "cifar10 ")
          .contains(
              "(incomplete in "
                  + folder
                  + ", missing train-labels-idx1-ubyte, t10k-images-idx3-ubyte,"
                  + " t10k-labels-idx1-ubyte)\n");
      assertThat(Captured.run(library, 0, "data", "list", "--json").out())
          .contains("\"missing\":[\"train-labels-idx1-ubyte\"");
    }
  }
}
