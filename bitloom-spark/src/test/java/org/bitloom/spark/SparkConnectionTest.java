package org.bitloom.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.bitloom.error.FailureException;
import org.junit.jupiter.api.Test;

class SparkConnectionTest {
  private static final MasterUrl LOCAL = MasterUrl.parse("local[2]");

  @Test
  void everyItemIsHandedOverOnceWithItsIndex() {
    List<String> items = IntStream.range(0, 20).mapToObj(i -> "item " + i).toList();
    List<String> results = new ArrayList<>();
    try (SparkConnection spark = SparkConnection.open(LOCAL, Map.of())) {
      spark.forEach(items, item -> item + "!", ends((i, result) -> results.add(i + " " + result)));
      spark.forEach(List.of(), item -> item, ends((i, result) -> results.add("of nothing")));
    }
    assertThat(results)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 20).mapToObj(i -> i + " item " + i + "!").toList());
  }

  @Test
  void aTaskThatAlwaysFailsEndsTheJobAndNamesTheReason() {
    try (SparkConnection spark = SparkConnection.open(LOCAL, Map.of())) {
      Work<String> broken =
          item -> {
            throw new IllegalStateException("the disk is gone");
          };
      assertThatThrownBy(() -> spark.forEach(List.of("a"), broken, ends((i, result) -> {})))
          .isInstanceOf(FailureException.class)
          .hasMessageStartingWith("Spark must bring every run to an end, found: ")
          .hasMessageContaining("the disk is gone");
    }
  }

  @Test
  void whatTheSinkThrowsReachesTheCaller() {
    try (SparkConnection spark = SparkConnection.open(LOCAL, Map.of())) {
      FailureException full = new FailureException("the disk must have room", "make room");
      assertThatThrownBy(
              () ->
                  spark.forEach(
                      List.of("a"),
                      item -> item,
                      ends(
                          (i, result) -> {
                            throw full;
                          })))
          .isSameAs(full);
    }
  }

  @Test
  void settingsOfTheUserWinOverOurs() {
    Map<String, String> settings = Map.of("spark.executor.memory", "3g", "spark.app.name", "mine");
    try (SparkConnection spark = SparkConnection.open(LOCAL, settings)) {
      assertThat(spark.spark().getConf().get("spark.executor.memory")).isEqualTo("3g");
      assertThat(spark.spark().appName()).isEqualTo("mine");
      assertThat(spark.spark().getConf().get("spark.ui.enabled")).isEqualTo("false");
    }
  }

  @Test
  void aServerThatIsNoMasterIsGivenUpWithinHalfAMinute() throws Exception {
    SparkConnection.open(LOCAL, Map.of()).close(); // loads Spark's classes, which is not timed
    long start = System.nanoTime();
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      MasterUrl master = MasterUrl.parse("spark://127.0.0.1:" + silent.getLocalPort());
      FailureException failure =
          catchThrowableOfType(
              FailureException.class,
              () -> SparkConnection.open(master, Map.of("spark.driver.host", "127.0.0.1")));
      assertThat(failure)
          .hasMessage("Spark must start with master %s, found: no answer in 15 s", master.text());
      assertThat(failure.hint()).contains("4.2.0").contains("docs/cluster.md");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    try (SparkConnection next = SparkConnection.open(LOCAL, Map.of())) {
      next.forEach(
          List.of("a"), item -> item, ends((i, result) -> assertThat(result).isEqualTo("a")));
    }
  }

  @Test
  void aCancelledJobEndsEarly() throws Exception {
    try (SparkConnection spark = SparkConnection.open(LOCAL, Map.of())) {
      Work<String> endless =
          item -> {
            TimeUnit.HOURS.sleep(1);
            return item;
          };
      SparkConnection.Listener<String> cancelling =
          new SparkConnection.Listener<>() {
            @Override
            public void started(int index) {
              spark.cancel();
            }

            @Override
            public void ended(int index, String result) {}
          };
      assertThatThrownBy(() -> spark.forEach(List.of("a", "b", "c"), endless, cancelling))
          .isInstanceOf(FailureException.class)
          .hasMessageContaining("cancelled");
    }
  }

  static <R> SparkConnection.Listener<R> ends(BiConsumer<Integer, R> ends) {
    return new SparkConnection.Listener<>() {
      @Override
      public void started(int index) {}

      @Override
      public void ended(int index, R result) {
        ends.accept(index, result);
      }
    };
  }
}
