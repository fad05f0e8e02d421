package org.bitloom.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.data.DataSets;
import org.bitloom.error.UsageException;
import org.bitloom.session.ToyImages;
import org.bitloom.worker.SweepRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goes on with a sweep whose data have another path now. */
final class SweepDataTest {
  @TempDir private Path root;
  private Path data;
  private Map<String, String> recorded;

  @BeforeEach
  void writeData() throws IOException {
    data = ToyImages.SMALL.write(root.resolve("data"));
    recorded = found(plan(data));
  }

  private static SweepPlan plan(Path place) {
    return SweepPlan.of(
        List.of(ToySweep.settings(place, Map.of()), ToySweep.settings(place, Map.of("seed", 2L))));
  }

  private static Map<String, String> found(SweepPlan plan) throws IOException {
    return plan.loadData(DataSets.standard(), Optional.empty(), line -> {});
  }

  @Test
  void theSameDataUnderAnotherPathAreTheSameRuns() throws IOException {
    SweepPlan before = plan(data);
    Path moved = Files.move(data, root.resolve("moved"));
    SweepPlan after = plan(moved);
    SweepPlan matched = new SweepData(recorded).matched(after, found(after));
    assertThat(matched.runs())
        .extracting(SweepRun::id)
        .isEqualTo(before.runs().stream().map(SweepRun::id).toList());
    assertThat(matched.runs().get(0).place()).hasValue(moved.toString());
    assertThat(matched.runs().get(0).settings()).isEqualTo(before.runs().get(0).settings());
  }

  @Test
  void otherDataUnderTheSamePathAreRefused() throws IOException {
    new ToyImages(600, 210, 12, 4).write(data);
    SweepPlan plan = plan(data);
    Map<String, String> found = found(plan);
    assertThatThrownBy(() -> new SweepData(recorded).matched(plan, found))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("data of a sweep must stay those it began with, " + data);
  }

  @Test
  void dataThatTheSweepDoesNotKnowAreRunsOfTheirOwn() throws IOException {
    SweepPlan plan = plan(new ToyImages(600, 210, 12, 4).write(root.resolve("other")));
    assertThat(new SweepData(recorded).matched(plan, found(plan))).isEqualTo(plan);
  }

  @Test
  void theFolderRemembersThem() throws IOException {
    try (SweepFolder folder = SweepFolder.open(root.resolve("sweep"))) {
      folder.describe("./bitloom sweep", 4, recorded);
    }
    try (SweepFolder folder = SweepFolder.open(root.resolve("sweep"))) {
      folder.describe("./bitloom sweep", 4, Map.of("more", "0"));
      assertThat(folder.data().sha256()).containsAllEntriesOf(recorded).containsEntry("more", "0");
    }
  }
}
