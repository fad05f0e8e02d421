package org.bitloom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.download.DownloadProgress;
import org.bitloom.download.LoopbackServer;
import org.bitloom.download.Patience;
import org.bitloom.download.RemoteFile;
import org.bitloom.download.Replies;
import org.bitloom.download.Wanted;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Data sets that a publisher on loopback offers. Its Fashion-MNIST is a small set, which the
 * program recognizes as another one once it is downloaded and read.
 */
final class DownloadedSetTest {
  @TempDir private Path root;
  private DataPlaces places;

  @BeforeEach
  void lookOnlyBelowTheTestFolder() {
    places =
        new DataPlaces(
            Optional.of(root.resolve("variable")),
            List.of(root.resolve("system"), root.resolve("cache")));
  }

  @Test
  void aSetFoundNowhereIsDownloadedIntoTheCacheAndRead() throws IOException {
    try (LoopbackServer server = new LoopbackServer(reply())) {
      DataSets sets = sets(server);
      assertThat(sets.absent()).containsExactly("fashion-mnist");
      Path images = root.resolve("cache/fashion-mnist/train-images-idx3-ubyte.gz");
      assertThatThrownBy(() -> sets.load("fashion-mnist", Optional.empty()))
          .hasMessageStartingWith(images + ": SHA-256 of the unpacked file must be c59f468a");
      assertThat(server.requests()).hasSize(4);
      assertThat(sets.absent()).isEmpty();
    }
  }

  @Test
  void aSetThatWasDownloadedInPartIsCompleted() throws IOException {
    IdxBytes.writeSmallSet(root.resolve("cache/fashion-mnist"));
    Files.delete(root.resolve("cache/fashion-mnist/t10k-images-idx3-ubyte.gz"));
    Files.delete(root.resolve("cache/fashion-mnist/train-images-idx3-ubyte"));
    try (LoopbackServer server = new LoopbackServer(reply())) {
      assertThat(sets(server).fetch("fashion-mnist"))
          .isEqualTo(root.resolve("cache/fashion-mnist").toString());
      assertThat(server.requests())
          .extracting(LoopbackServer.Request::path)
          .contains("/train-images-idx3-ubyte.gz", "/t10k-images-idx3-ubyte.gz");
    }
  }

  @Test
  void aSetThatLiesSomewhereIsNotDownloaded() throws IOException {
    IdxBytes.writeSmallSet(root.resolve("system/fashion-mnist"));
    try (LoopbackServer server = new LoopbackServer(Replies.status(500))) {
      DataSets sets = sets(server);
      assertThat(sets.fetch("fashion-mnist"))
          .isEqualTo(root.resolve("system/fashion-mnist").toString());
      assertThat(sets.fetch("mnist")).isEqualTo("bundled");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void aSetThatLiesIncompleteElsewhereIsNotDownloadedButNamed() throws IOException {
    IdxBytes.writeSmallSet(root.resolve("variable"));
    Files.delete(root.resolve("variable/train-images-idx3-ubyte"));
    try (LoopbackServer server = new LoopbackServer(Replies.status(500))) {
      DataSets sets = sets(server);
      assertThatThrownBy(() -> sets.load("fashion-mnist", Optional.empty()))
          .isInstanceOf(FailureException.class)
          .hasMessage(
              "data folder "
                  + root.resolve("variable")
                  + " must hold all 4 idx files, missing train-images-idx3-ubyte");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void withAGivenFolderNothingIsDownloaded() {
    try (LoopbackServer server = new LoopbackServer(reply())) {
      DataSets sets = sets(server);
      assertThatThrownBy(() -> sets.load("fashion-mnist", Optional.of(root)))
          .isInstanceOf(FailureException.class)
          .hasMessageEndingWith(
              "found it in none of " + root.resolve("fashion-mnist") + ", " + root)
          .extracting("hint")
          .asString()
          .doesNotContain("fetch");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void verifyingDownloadsNothing() {
    try (LoopbackServer server = new LoopbackServer(reply())) {
      DataSets sets = sets(server);
      assertThatThrownBy(() -> sets.verify("fashion-mnist", Optional.empty()))
          .isInstanceOf(FailureException.class)
          .extracting("hint")
          .asString()
          .endsWith(", or run ./bitloom data fetch fashion-mnist");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void aDownloadThatFailsNamesTheFoldersSearchedAndTheReason() {
    try (LoopbackServer server = new LoopbackServer(Replies.status(404))) {
      DataSets sets = sets(server);
      assertThatThrownBy(() -> sets.load("fashion-mnist", Optional.empty()))
          .isInstanceOf(FailureException.class)
          .hasMessage(
              "data set fashion-mnist must lie in one of the folders searched, found it in none of "
                  + root.resolve("variable/fashion-mnist")
                  + ", "
                  + root.resolve("variable")
                  + ", "
                  + root.resolve("system/fashion-mnist")
                  + ", "
                  + root.resolve("cache/fashion-mnist")
                  + ", nor by download: "
                  + server.address("/train-images-idx3-ubyte.gz")
                  + " must offer the file, found HTTP status 404")
          .extracting("hint")
          .isEqualTo(
              "put its idx files (gzipped or not) into one of them, or name their folder with"
                  + " --data-dir, or run ./bitloom data fetch fashion-mnist"
                  + " when its publisher can be reached");
      assertThatThrownBy(() -> sets.fetch("fashion-mnist"))
          .isInstanceOf(FailureException.class)
          .hasMessageEndingWith(
              "/train-images-idx3-ubyte.gz must offer the file, found HTTP status 404");
    }
  }

  @Test
  void onlyKnownSetsCanBeFetched() {
    assertThatThrownBy(() -> new DataSets(places).fetch("imagenet"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("data to fetch must be one of mnist, fashion-mnist, cifar10");
  }

  @Test
  void anIncompleteSetIsListedWithWhatItLacks() throws IOException {
    IdxBytes.writeSmallSet(root.resolve("system/fashion-mnist"));
    Files.delete(root.resolve("system/fashion-mnist/train-labels-idx1-ubyte"));
    assertThat(new DataSets(places).list(Optional.empty()).get(1))
        .isEqualTo(
            new DataSets.Listing(
                "fashion-mnist",
                KnownSet.FASHION_MNIST.title(),
                Optional.of(root.resolve("system/fashion-mnist").toString()),
                List.of("train-labels-idx1-ubyte")));
  }

  private DataSets sets(LoopbackServer server) {
    List<RemoteFile> files = new ArrayList<>();
    for (String name : FileLayout.IDX.files()) {
      byte[] unpacked = small(name);
      files.add(
          new RemoteFile(
              server.address("/" + name + ".gz"),
              IdxBytes.gzip(unpacked).length,
              Wanted.sha256(unpacked),
              true));
    }
    return new DataSets(
        places,
        new Publishers(Map.of(KnownSet.FASHION_MNIST, files), Patience.USUAL),
        DownloadProgress.NONE);
  }

  private static LoopbackServer.Reply reply() {
    return (request, out) -> {
      String name = request.path().substring(1).replace(".gz", "");
      Replies.good(IdxBytes.gzip(small(name))).send(request, out);
    };
  }

  private static byte[] small(String name) {
    return name.contains("images")
        ? IdxBytes.of(new int[] {2, 2, 3}, new byte[12])
        : IdxBytes.of(new int[] {2}, new byte[] {2, 0});
  }
}
