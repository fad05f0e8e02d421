package org.bitloom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.bitloom.download.DownloadProgress;
import org.bitloom.download.FolderLock;
import org.bitloom.download.Heard;
import org.bitloom.download.LoopbackServer;
import org.bitloom.download.Patience;
import org.bitloom.download.RemoteFile;
import org.bitloom.download.Replies;
import org.bitloom.download.TarBytes;
import org.bitloom.download.Wanted;
import org.bitloom.io.CorruptFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublishersTest {
  private static final List<String> CIFAR = FileLayout.CIFAR.files();
  private static final byte[] ARCHIVE = archive(CIFAR);

  @TempDir private Path cache;

  @Test
  void theOriginalPublishersOfferEverySetThatIsNotBundled() {
    Publishers all = Publishers.ON_THE_INTERNET;
    assertThat(all.offers()).containsOnlyKeys(KnownSet.FASHION_MNIST, KnownSet.CIFAR10);
    assertThat(all.offers().get(KnownSet.FASHION_MNIST))
        .extracting(file -> file.address().toString())
        .startsWith(
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/train-images-idx3-ubyte.gz")
        .hasSize(4);
    assertThat(all.offer(KnownSet.MNIST)).isFalse();
  }

  @Test
  void thePageOfDataSetsNamesEveryChecksum() throws IOException {
    String page = Files.readString(Path.of(System.getProperty("bitloom.root"), "docs/data.md"));
    for (KnownSet set : KnownSet.values()) {
      assertThat(page).contains("`" + set.label() + "`");
      set.fileSha256().forEach(sum -> assertThat(page).contains(sum));
    }
    RemoteFile cifar = Publishers.ON_THE_INTERNET.offers().get(KnownSet.CIFAR10).get(0);
    assertThat(page).contains(cifar.sha256(), "170,052,171 bytes");
    assertThat(cifar.length()).isEqualTo(170_052_171);
  }

  @Test
  void filesThatAreMissingAreFetchedAndStayPacked() throws IOException {
    byte[] packed = IdxBytes.gzip(new byte[100]);
    Files.write(cache.resolve("train-labels-idx1-ubyte.gz"), packed);
    try (LoopbackServer server = new LoopbackServer(Replies.good(packed))) {
      Publishers publishers = idxFiles(server, packed);
      publishers.fetch(KnownSet.FASHION_MNIST, cache, DownloadProgress.NONE);
      assertThat(server.requests())
          .extracting(LoopbackServer.Request::path)
          .containsExactly(
              "/train-images-idx3-ubyte.gz",
              "/t10k-images-idx3-ubyte.gz",
              "/t10k-labels-idx1-ubyte.gz");
      publishers.fetch(KnownSet.FASHION_MNIST, cache, DownloadProgress.NONE);
      assertThat(server.requests()).hasSize(3);
    }
    assertThat(cache.resolve("t10k-labels-idx1-ubyte.gz")).hasBinaryContent(packed);
  }

  @Test
  void anArchiveIsUnpackedAndDeleted() throws IOException {
    Heard heard = new Heard();
    try (LoopbackServer server = new LoopbackServer(Replies.good(ARCHIVE))) {
      archiveAt(server, ARCHIVE).fetch(KnownSet.CIFAR10, cache, heard);
    }
    assertUnpacked();
    assertThat(heard.lines())
        .endsWith("finished cifar-10-binary.tar.gz", "unpacking cifar-10-binary.tar.gz");
  }

  @Test
  void anArchivePutThereByHandIsUnpackedWithoutTheServer() throws IOException {
    Files.write(cache.resolve("cifar-10-binary.tar.gz"), ARCHIVE);
    fetchOffline();
    assertUnpacked();
  }

  @Test
  void unpackingThatWasInterruptedIsDoneAgain() throws IOException {
    Path folder = Files.createDirectories(cache.resolve("cifar-10-batches-bin"));
    Files.write(cache.resolve("cifar-10-binary.tar.gz"), ARCHIVE);
    Files.writeString(folder.resolve("data_batch_1.bin"), "data_batch_1.bin");
    fetchOffline();
    assertUnpacked();
  }

  @Test
  void aCompleteSetIsNotFetchedAgain() throws IOException {
    Path folder = Files.createDirectories(cache.resolve("cifar-10-batches-bin"));
    for (String name : CIFAR) {
      Files.writeString(folder.resolve(name), "mine");
    }
    fetchOffline();
    assertThat(folder.resolve("test_batch.bin")).hasContent("mine");
  }

  @Test
  void anArchiveThatLacksAFileIsRefused() {
    byte[] lacking = archive(CIFAR.subList(0, 5));
    try (LoopbackServer server = new LoopbackServer(Replies.good(lacking))) {
      Publishers publishers = archiveAt(server, lacking);
      assertThatThrownBy(() -> publishers.fetch(KnownSet.CIFAR10, cache, DownloadProgress.NONE))
          .isInstanceOf(CorruptFileException.class)
          .hasMessage(
              cache.resolve("cifar-10-binary.tar.gz")
                  + ": archive must hold test_batch.bin, got no such files");
    }
  }

  private void fetchOffline() throws IOException {
    try (LoopbackServer server = new LoopbackServer(Replies.status(500))) {
      archiveAt(server, ARCHIVE).fetch(KnownSet.CIFAR10, cache, DownloadProgress.NONE);
      assertThat(server.requests()).isEmpty();
    }
  }

  private void assertUnpacked() {
    for (String name : CIFAR) {
      assertThat(cache.resolve("cifar-10-batches-bin").resolve(name)).hasContent(name);
    }
    assertThat(cache.toFile().list()).containsOnly("cifar-10-batches-bin", FolderLock.NAME);
  }

  /** Makes an archive whose files hold their names, beside others of the real one. */
  private static byte[] archive(List<String> names) {
    TarBytes tar = new TarBytes().entry("cifar-10-batches-bin/", TarConstants.LF_DIR);
    tar.file("cifar-10-batches-bin/readme.html", new byte[88]);
    for (String name : names) {
      tar.file("cifar-10-batches-bin/" + name, name.getBytes(StandardCharsets.UTF_8));
    }
    return IdxBytes.gzip(tar.end());
  }

  private static Publishers archiveAt(LoopbackServer server, byte[] archive) {
    RemoteFile file =
        new RemoteFile(
            server.address("/cifar-10-binary.tar.gz"),
            archive.length,
            Wanted.sha256(archive),
            false);
    return new Publishers(Map.of(KnownSet.CIFAR10, List.of(file)), Patience.USUAL);
  }

  private static Publishers idxFiles(LoopbackServer server, byte[] packed) {
    List<RemoteFile> files = new ArrayList<>();
    for (String name : FileLayout.IDX.files()) {
      files.add(
          new RemoteFile(
              server.address("/" + name + ".gz"),
              packed.length,
              Wanted.sha256(new byte[100]),
              true));
    }
    return new Publishers(Map.of(KnownSet.FASHION_MNIST, files), Patience.USUAL);
  }
}
