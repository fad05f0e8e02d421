package org.bitloom.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bitloom.worker.RunResult;
import org.bitloom.worker.SweepRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SweepStandingTest {
  @TempDir private Path root;
  private Path sweep;
  private List<SweepRun> runs;

  @BeforeEach
  void plan() {
    sweep = root.resolve("sweep");
    runs =
        SweepPlan.of(
                List.of(
                    ToySweep.settings(root, Map.of()),
                    ToySweep.settings(root, Map.of("seed", 2L)),
                    ToySweep.settings(root, Map.of("seed", 3L))))
            .runs();
  }

  private RunResult finished(int run) {
    return new RunResult.Finished(runs.get(run), ToySweep.result(0.9), "00");
  }

  @Test
  void finishedFailedAndOpenRunsAreTold() throws IOException {
    try (SweepFolder folder = SweepFolder.open(sweep)) {
      folder.describe("./bitloom sweep", 3, Map.of());
      folder.results().append(finished(0));
      folder.results().append(new RunResult.Failed(runs.get(1), "loss must be finite", "less"));
      for (SweepRun run : runs) {
        Files.createDirectories(folder.run(run));
      }
      SweepStanding standing = SweepStanding.of(sweep);
      assertThat(standing.working()).isTrue();
      assertThat(standing.planned()).hasValue(3);
      assertThat(standing.ended().finished()).containsExactly(runs.get(0).id());
      assertThat(standing.ended().failed())
          .containsExactly(Map.entry(runs.get(1).id(), "loss must be finite"));
      assertThat(standing.open()).containsExactlyInAnyOrder(runs.get(1).id(), runs.get(2).id());
    }
    assertThat(SweepStanding.of(sweep).working()).isFalse();
  }

  @Test
  void aFailedRunThatWasTrainedAgainIsFinished() throws IOException {
    try (SweepFolder folder = SweepFolder.open(sweep)) {
      folder.results().append(new RunResult.Failed(runs.get(1), "loss must be finite", "less"));
      folder.results().append(finished(1));
    }
    assertThat(SweepStanding.of(sweep).ended().failed()).isEmpty();
    assertThat(SweepStanding.of(sweep).ended().finished()).containsExactly(runs.get(1).id());
  }

  @Test
  void damagedLinesAndHalfOnesAreLeftOut() throws IOException {
    try (SweepFolder folder = SweepFolder.open(sweep)) {
      folder.results().append(finished(0));
    }
    Path results = sweep.resolve("results.jsonl");
    Files.writeString(results, "{\"half\"\n" + Files.readString(results) + "{\"network");
    Files.writeString(sweep.resolve("sweep.json"), "{");
    SweepStanding standing = SweepStanding.of(sweep);
    assertThat(standing.ended().finished()).hasSize(1);
    assertThat(standing.planned()).isEmpty();
  }

  @Test
  void resultsThatHaveNotChangedAreNotReadAgain() throws IOException {
    try (SweepFolder folder = SweepFolder.open(sweep)) {
      folder.results().append(finished(0));
      SweepStanding.Ended before = SweepStanding.of(sweep).ended();
      assertThat(SweepStanding.of(sweep, before).ended()).isSameAs(before);
      folder.results().append(finished(1));
      assertThat(SweepStanding.of(sweep, before).ended().finished()).hasSize(2);
    }
  }

  @Test
  void onlyTheFolderOfASweepIsOne() throws IOException {
    assertThat(SweepStanding.isSweep(root)).isFalse();
    SweepFolder.open(sweep).close();
    assertThat(SweepStanding.isSweep(sweep)).isTrue();
  }
}
