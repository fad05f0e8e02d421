package org.bitloom.data;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bitloom.download.Download;
import org.bitloom.download.DownloadProgress;
import org.bitloom.download.FolderLock;
import org.bitloom.download.Patience;
import org.bitloom.download.RemoteFile;
import org.bitloom.download.TarArchive;
import org.bitloom.io.AtomicFiles;
import org.bitloom.io.CorruptFileException;

/**
 * Those who publish data sets, and the downloading from them.
 *
 * @param offers the files of each set that can be downloaded: as many as the set's layout has, in
 *     its order, each gzipped; or a single gzipped tar archive of them
 * @param patience with their servers
 */
record Publishers(Map<KnownSet, List<RemoteFile>> offers, Patience patience) {
  /** Offers nothing. */
  static final Publishers NONE = new Publishers(Map.of(), Patience.USUAL);

  /** The original publishers. */
  static final Publishers ON_THE_INTERNET =
      new Publishers(
          Map.of(
              KnownSet.FASHION_MNIST,
              fashionMnist(
                  URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/")),
              KnownSet.CIFAR10,
              List.of(
                  new RemoteFile(
                      URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"),
                      170_052_171,
                      "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
                      false))),
          Patience.USUAL);

  /** The folder of CIFAR-10's archive that holds the files. */
  static final String CIFAR_FOLDER = "cifar-10-batches-bin";

  private static final String ARCHIVE = ".tar.gz";

  Publishers {
    offers = Map.copyOf(offers);
  }

  private static List<RemoteFile> fashionMnist(URI folder) {
    KnownSet set = KnownSet.FASHION_MNIST;
    long[] lengths = {26_421_880, 29_515, 4_422_102, 5_148};
    List<RemoteFile> files = new ArrayList<>();
    for (int i = 0; i < lengths.length; i++) {
      URI address = folder.resolve(set.layout().files().get(i) + ".gz");
      files.add(new RemoteFile(address, lengths[i], set.fileSha256().get(i), true));
    }
    return files;
  }

  /** Says whether a set can be downloaded. */
  boolean offer(KnownSet set) {
    return offers.containsKey(set);
  }

  /**
   * Downloads what {@code folder} lacks of a set that is offered. One process at a time does so;
   * others wait and find the work done.
   *
   * @throws org.bitloom.error.FailureException as {@link Download#fetch}
   */
  void fetch(KnownSet set, Path folder, DownloadProgress progress) throws IOException {
    Files.createDirectories(folder);
    FolderLock.run(
        folder, () -> progress.waiting(folder), () -> fetchLocked(set, folder, progress));
  }

  private void fetchLocked(KnownSet set, Path folder, DownloadProgress progress)
      throws IOException {
    boolean done =
        DataPlaces.findIn(folder, set).filter(found -> found.missing().isEmpty()).isPresent();
    if (done) {
      return;
    }
    for (RemoteFile file : offers.get(set)) {
      String path = file.address().getPath();
      Path target = folder.resolve(path.substring(path.lastIndexOf('/') + 1));
      Download.fetch(file, target, patience, progress);
      if (path.endsWith(ARCHIVE)) {
        progress.unpacking(target);
        unpack(target, folder.resolve(CIFAR_FOLDER), set.layout());
      }
    }
  }

  /** Puts the files of a layout into {@code folder} and deletes the archive they come from. */
  private static void unpack(Path archive, Path folder, FileLayout layout) throws IOException {
    Files.createDirectories(folder);
    Set<String> left = new TreeSet<>(layout.files());
    DataFile packed = DataFile.at(archive);
    try (InputStream in = packed.open()) {
      TarArchive.read(
          archive,
          in,
          (name, content) -> {
            String file = name.substring(name.lastIndexOf('/') + 1);
            if (left.remove(file)) {
              AtomicFiles.write(folder.resolve(file), content::transferTo);
            }
          });
    }
    if (!left.isEmpty()) {
      throw new CorruptFileException(
          archive, "archive must hold " + String.join(", ", left), "no such files");
    }
    Files.delete(archive);
  }
}
