package org.bitloom.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.bitloom.data.DataSets;
import org.bitloom.data.DataSets.Verified;
import org.bitloom.data.DataSets.VerifiedFile;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;
import org.bitloom.images.choice.ImageSettings;
import org.bitloom.settings.DataSettings;
import org.bitloom.settings.ImageSettingsJson;

/**
 * A data set as the driver knows it.
 *
 * @param name that settings use
 * @param images how images are read, as text of {@link ImageSettingsJson}
 * @param sha256 of the set; an executor must train on the same bytes
 * @param files for executors that lack them; none if the program brings the set, or if it is a
 *     folder, whose name would mean nothing elsewhere
 */
record SentData(String name, String images, String sha256, List<SentFile> files)
    implements Serializable {
  /**
   * Reads a set of this machine.
   *
   * @param offer whether executors may ask for its files
   */
  static SentData of(
      JavaSparkContext spark, DataSettings data, Optional<Path> dataDir, boolean offer)
      throws IOException {
    Verified verified = sets(data.images()).verify(data.name(), dataDir);
    List<SentFile> files = new ArrayList<>();
    boolean known =
        DataSets.standard().list(dataDir).stream().anyMatch(set -> set.name().equals(data.name()));
    if (known && offer) {
      for (VerifiedFile file : verified.files()) {
        if (!file.location().startsWith("bundled:")) {
          files.add(SentFile.of(spark, Path.of(file.location())));
        }
      }
    }
    return new SentData(
        data.name(), ImageSettingsJson.text(data.images()), verified.data().sha256(), files);
  }

  private static DataSets sets(ImageSettings images) {
    return DataSets.standard().withImages(images, notice -> {});
  }

  /**
   * Makes sure, on an executor, that the set can be loaded and is the driver's.
   *
   * @param dataDir where to look first
   * @param folder for files that are sent
   * @return where to look instead
   * @throws FailureException if it is not here and was not sent
   */
  Optional<Path> place(Optional<Path> dataDir, Path folder) throws IOException {
    String found;
    try {
      String here = sets(ImageSettingsJson.parse(images)).verify(name, dataDir).data().sha256();
      if (here.equals(sha256)) {
        return dataDir;
      }
      found = "other data of that name, with SHA-256 " + here;
    } catch (UsageException | FailureException e) {
      found = "this: " + e.getMessage();
    }
    if (files.isEmpty()) {
      throw new FailureException(
          "every machine of the cluster must have the data set "
              + name
              + " with SHA-256 "
              + sha256
              + ", found on "
              + ExecutorState.name()
              + " "
              + found,
          "put it at the same path on every machine, or use a data set known by its name, which is"
              + " sent");
    }
    Path place = folder.resolve(name);
    for (SentFile file : files) {
      if (!Files.exists(place.resolve(file.name()))) {
        file.writeInto(place);
      }
    }
    return Optional.of(folder);
  }
}
