package org.bitloom.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.data.Augmentation;
import org.bitloom.data.DataSets;
import org.bitloom.settings.DataSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentDataTest {
  private static final DataSettings MNIST = new DataSettings("mnist", 0, 0, Augmentation.NONE);
  private static final List<String> FILES =
      List.of(
          "train-images-idx3-ubyte.gz",
          "train-labels-idx1-ubyte.gz",
          "t10k-images-idx3-ubyte.gz",
          "t10k-labels-idx1-ubyte.gz");

  @TempDir private Path folder;

  @Test
  void filesOfTheDriverComeToAnExecutorThatLacksThem() throws Exception {
    Path driver = unpackBundled();
    Path nothing = Files.createDirectories(folder.resolve("nothing"));
    try (SparkConnection spark = SparkConnection.open(MasterUrl.parse("local[1]"), Map.of())) {
      SentData sent = SentData.of(spark.spark(), MNIST, Optional.of(driver), true);
      assertThat(sent.files())
          .extracting(SentFile::name)
          .containsExactlyInAnyOrderElementsOf(FILES);
      Optional<Path> place = sent.place(Optional.of(nothing), folder.resolve("executor"));
      assertThat(place).hasValue(folder.resolve("executor"));
      assertThat(DataSets.standard().verify("mnist", place).data().sha256())
          .isEqualTo(sent.sha256());
    }
  }

  @Test
  void anExecutorThatHasTheSameBytesIsSentNothing() throws Exception {
    Path driver = unpackBundled();
    try (SparkConnection spark = SparkConnection.open(MasterUrl.parse("local[1]"), Map.of())) {
      SentData sent = SentData.of(spark.spark(), MNIST, Optional.of(driver), true);
      assertThat(sent.place(Optional.empty(), folder.resolve("executor"))).isEmpty();
      assertThat(folder.resolve("executor")).doesNotExist();
    }
  }

  @Test
  void whatTheProgramBringsIsNotOffered() throws Exception {
    try (SparkConnection spark = SparkConnection.open(MasterUrl.parse("local[1]"), Map.of())) {
      assertThat(SentData.of(spark.spark(), MNIST, Optional.empty(), true).files()).isEmpty();
    }
  }

  private Path unpackBundled() throws Exception {
    Path place = Files.createDirectories(folder.resolve("driver"));
    for (String name : FILES) {
      try (InputStream in = DataSets.class.getResourceAsStream("mnist/" + name)) {
        Files.copy(in, place.resolve(name));
      }
    }
    return place;
  }
}
