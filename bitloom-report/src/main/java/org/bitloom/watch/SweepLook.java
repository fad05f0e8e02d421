package org.bitloom.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.run.RunStanding;
import org.bitloom.run.RunStanding.Kind;
import org.bitloom.settings.RunFiles;
import org.bitloom.sweep.SweepStanding;

/** Looks at the folder of a sweep again and again; what did not change is not read again. */
final class SweepLook {
  private static final int MOST_FAILED = 20;

  private final Path folder;
  private Optional<SweepStanding.Ended> before = Optional.empty();

  SweepLook(Path folder) {
    this.folder = folder;
  }

  Look look() throws IOException {
    SweepStanding sweep =
        before.isPresent() ? SweepStanding.of(folder, before.get()) : SweepStanding.of(folder);
    before = Optional.of(sweep.ended());
    List<Object> atWork = new ArrayList<>();
    Optional<Instant> sign = Optional.empty();
    StringBuilder version = new StringBuilder(sweep.ended().stamp()).append(sweep.working());
    for (String name : sweep.open()) {
      Path run = SweepStanding.run(folder, name);
      RunStanding standing = RunStanding.of(run);
      sign = Look.later(sign, standing.sign());
      if (standing.kind() == Kind.WORKING) {
        Map<String, Object> words = Look.words(standing);
        words.put("name", name);
        atWork.add(words);
      }
      version.append(name).append(standing.kind()).append(Look.stamp(new RunFiles(run).metrics()));
    }
    Map<String, Object> words = words(sweep, !atWork.isEmpty());
    words.put("sign", sign.map(Instant::toEpochMilli).orElse(null));
    words.put("atWork", atWork);
    return new Look(Content.tag(folder.toString()), Content.tag(version.toString()), words);
  }

  private static Map<String, Object> words(SweepStanding sweep, boolean runsWork) {
    int finished = sweep.ended().finished().size();
    int failed = sweep.ended().failed().size();
    boolean complete =
        sweep.planned().isPresent() && finished + failed >= sweep.planned().getAsInt();
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("standing", standing(sweep.working() || runsWork, complete));
    words.put("planned", sweep.planned().isPresent() ? sweep.planned().getAsInt() : null);
    words.put("finished", finished);
    words.put("failed", failed);
    List<Object> reasons = new ArrayList<>();
    sweep.ended().failed().entrySet().stream()
        .limit(MOST_FAILED)
        .forEach(each -> reasons.add(Map.of("name", each.getKey(), "error", each.getValue())));
    words.put("reasons", reasons);
    return words;
  }

  private static String standing(boolean working, boolean complete) {
    if (working) {
      return "working";
    }
    return complete ? "finished" : "stopped";
  }
}
