package org.bitloom.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bitloom.error.UsageException;
import org.bitloom.io.Json;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.sweep.ClusterEngine;
import org.bitloom.worker.RunResult;
import org.bitloom.worker.SweepRun;
import org.bitloom.worker.TimedResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares sweeps on Spark with the same sweep without it. */
class SparkSweepTest {
  private static final String WORKER_PATH = "bitloom.worker.path";

  @TempDir private static Path shared;
  @TempDir private Path folder;

  private static List<SweepRun> runs;
  private static Map<String, String> expected;

  @BeforeAll
  static void trainWithoutSpark() throws Exception {
    System.setProperty(WORKER_PATH, WorkerJars.path());
    runs = ToyRuns.few();
    expected = ToyRuns.trainLocally(runs, shared);
  }

  @AfterAll
  static void forgetWorkerPath() {
    System.clearProperty(WORKER_PATH);
  }

  @Test
  void sparkInThisJvmEndsInTheSameLinesAndModels() throws Exception {
    ToyRuns.Heard heard = new ToyRuns.Heard();
    Path models = folder.resolve("models");
    try (ClusterEngine.Connection spark = connect("local[2]", Map.of(), Optional.of(models))) {
      spark.train(runs, heard);
    }
    assertThat(heard.lines()).isEqualTo(expected);
    assertThat(heard.count()).isEqualTo(runs.size());
    assertThat(expected.values()).filteredOn(line -> line.contains("\"error\":")).hasSize(1);
    for (SweepRun run : runs.subList(0, 3)) {
      Path model = models.resolve(run.id()).resolve("model.safetensors");
      assertThat(model)
          .hasSameBinaryContentAs(shared.resolve(run.id()).resolve("model.safetensors"));
    }
    assertThat(models.resolve(runs.get(3).id())).doesNotExist();
  }

  @Test
  @Tag("cluster")
  void aKilledWorkerOfARealClusterChangesNoLineAndDoublesNone() throws Exception {
    ToyRuns.Heard heard = new ToyRuns.Heard();
    Map<String, String> settings =
        Map.of("spark.driver.host", "127.0.0.1", "spark.driver.bindAddress", "127.0.0.1");
    try (StandaloneCluster cluster = new StandaloneCluster("sweep-cluster", 2);
        ClusterEngine.Connection spark = connect(cluster.url(), settings, Optional.empty())) {
      CompletableFuture<Void> sweep = CompletableFuture.runAsync(() -> train(spark, heard));
      List<ProcessHandle> training = cluster.trainingAt(0);
      while (training.isEmpty()) {
        assertThat(sweep).isNotDone();
        TimeUnit.MILLISECONDS.sleep(20);
        training = cluster.trainingAt(0);
      }
      cluster.kill(0);
      for (ProcessHandle orphan : training) {
        orphan.onExit().get(1, TimeUnit.MINUTES);
      }
      sweep.get(5, TimeUnit.MINUTES);
      assertThat(cluster.trainingAt(1)).hasSize(1);
    }
    assertThat(heard.lines()).isEqualTo(expected);
    assertThat(heard.count()).isEqualTo(runs.size());
  }

  @Test
  @Tag("cluster")
  void eachRunComputesOnTheGpuThatSparkGaveIt() throws Exception {
    ToyRuns.Heard heard = new ToyRuns.Heard();
    Map<String, String> settings =
        Map.of("spark.driver.host", "127.0.0.1", "spark.driver.bindAddress", "127.0.0.1");
    try (StandaloneCluster cluster = new StandaloneCluster("gpu-cluster", 1, List.of("7"));
        ClusterEngine.Connection spark =
            connect(cluster.url(), settings, Optional.empty(), DeviceChoice.parse("gpu"))) {
      spark.train(runs.subList(0, 1), heard);
    }
    assertThat(heard.lines().values())
        .singleElement()
        .asString()
        .contains("device gpu7 must be a GPU that the engine sees, it sees none");
  }

  private void train(ClusterEngine.Connection spark, ToyRuns.Heard heard) {
    try {
      spark.train(runs, heard);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void askedToStopItEndsEarlyAndTellsOfNoFailure() throws Exception {
    ToyRuns.Heard stopping =
        new ToyRuns.Heard() {
          @Override
          public boolean stopRequested() {
            return count() > 0;
          }
        };
    try (ClusterEngine.Connection spark = connect("local[1]", Map.of(), Optional.empty())) {
      spark.train(runs, stopping);
    }
    assertThat(stopping.count()).isLessThan(runs.size());
    assertThat(expected).containsAllEntriesOf(stopping.lines());
  }

  @Test
  void aFullDiskOfTheDriverEndsTheSweep() throws Exception {
    IOException full = new IOException("No space left on device");
    ToyRuns.Heard failing =
        new ToyRuns.Heard() {
          @Override
          public synchronized void ended(TimedResult trained) throws IOException {
            throw full;
          }
        };
    try (ClusterEngine.Connection spark = connect("local[1]", Map.of(), Optional.empty())) {
      assertThatThrownBy(() -> spark.train(runs.subList(3, 4), failing)).isSameAs(full);
    }
  }

  @Test
  void anAddressThatIsNoneIsWrongUsage() {
    assertThatThrownBy(() -> connect("somewhere", Map.of(), Optional.empty()))
        .isInstanceOf(UsageException.class);
  }

  @Test
  void anExecutorWithoutTheDataAndNoneSentIsAFailedRunThatNamesTheMachine() {
    SentData absent = new SentData("mnist", "{}", "0".repeat(64), List.of());
    RunWork work =
        new RunWork(
            WorkerRecipe.ofThisJvm(List.of(), false),
            List.of(absent),
            Map.of(),
            new RunWork.Wishes(null, "cpu", false));
    try (SparkConnection spark = SparkConnection.open(MasterUrl.parse("local[1]"), Map.of())) {
      spark.forEach(
          List.of(Json.print(runs.get(0).json())),
          work,
          SparkConnectionTest.ends((index, result) -> assertFailed(result.line())));
    }
  }

  private static void assertFailed(String line) {
    RunResult end = RunResult.parse(Json.parse(line));
    assertThat(((RunResult.Failed) end).error())
        .startsWith("every machine of the cluster must have the data set mnist with SHA-256 0000")
        .contains("found on 127.0.0.1 other data of that name, with SHA-256 b2d8f5bf");
  }

  private ClusterEngine.Connection connect(
      String master, Map<String, String> settings, Optional<Path> models) throws IOException {
    return connect(master, settings, models, DeviceChoice.CPU);
  }

  private ClusterEngine.Connection connect(
      String master, Map<String, String> settings, Optional<Path> models, DeviceChoice device)
      throws IOException {
    ClusterEngine engine = ServiceLoader.load(ClusterEngine.class).findFirst().orElseThrow();
    return engine.connect(
        new ClusterEngine.Request(
            master,
            settings,
            1,
            device,
            folder.resolve("spark.log"),
            Optional.empty(),
            models.map(place -> run -> place.resolve(run.id()))));
  }
}
