package org.bitloom.testkit.fuzz;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.bitloom.testkit.Seeds;

/**
 * Reads thousands of damaged files with one reader.
 *
 * <p>First the good files, which must be accepted, then what was found before: the files in the
 * resource folder {@code fuzz/NAME} beside the target. Then inputs of our own, always the same for
 * one {@link Seeds#CURRENT}. With {@code -Dbitloom.fuzz.engine=jazzer} (profile {@code fuzz}) the
 * fuzzer Jazzer makes them in a process of its own.
 */
public final class FuzzRound {
  private static final int RUNS = Integer.getInteger("bitloom.fuzz.runs", 2000);
  private static final boolean JAZZER =
      System.getProperty("bitloom.fuzz.engine", "own").equals("jazzer");

  /** A reading that takes longer hangs, however busy the machine is. */
  private static final long MAX_WAIT_SECONDS = 60;

  private final Class<? extends FuzzTarget> type;
  private final FuzzTarget target;
  private volatile byte[] current = {};
  private volatile long begun;

  private FuzzRound(Class<? extends FuzzTarget> type) {
    this.type = type;
    this.target = open(type);
  }

  /**
   * Reads good files, files found before, and new ones.
   *
   * @throws AssertionError with the input that was read wrongly, kept as a file
   */
  public static void run(Class<? extends FuzzTarget> type) throws IOException {
    FuzzRound round = new FuzzRound(type);
    List<byte[]> seeds = round.target.seeds();
    round.watched(() -> round.good(seeds));
    if (JAZZER) {
      new JazzerProcess(type.getName(), RUNS).run(seeds, round.found());
    } else {
      round.watched(() -> round.damaged(seeds));
    }
  }

  static FuzzTarget open(Class<? extends FuzzTarget> type) {
    try {
      Constructor<? extends FuzzTarget> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type + " must have a constructor without parameters", e);
    }
  }

  private void good(List<byte[]> seeds) {
    for (int i = 0; i < seeds.size(); i++) {
      if (!read(seeds.get(i), "good file " + i)) {
        throw new AssertionError("good file " + i + " must be accepted, was refused");
      }
    }
    List<byte[]> found = found();
    for (int i = 0; i < found.size(); i++) {
      read(found.get(i), "file " + i + " of those found before");
    }
  }

  private void damaged(List<byte[]> seeds) {
    SplittableRandom random = Seeds.random(type.getSimpleName());
    Mutator mutator = new Mutator(random, seeds, target.words());
    int accepted = 0;
    for (int i = 0; i < RUNS; i++) {
      byte[] input = target.vary(mutator.seed(), mutator);
      byte[] repaired = random.nextInt(4) == 0 ? input : target.repair(input);
      accepted += read(repaired, "input " + i + " of -Dbitloom.seed=" + Seeds.CURRENT) ? 1 : 0;
    }
    if (accepted == 0 || accepted == RUNS) {
      throw new AssertionError(
          "inputs must get behind the first check, and some be refused; accepted "
              + accepted
              + " of "
              + RUNS);
    }
  }

  private boolean read(byte[] input, String what) {
    current = input;
    begun = System.nanoTime();
    try {
      return Watch.read(target, input);
    } catch (AssertionError e) {
      throw new AssertionError(what + ", kept as " + kept(input) + ": " + e.getMessage(), e);
    }
  }

  private Path kept(byte[] input) {
    try {
      Path folder = Files.createDirectories(Path.of("target", "fuzz"));
      return Files.write(folder.resolve(type.getSimpleName() + ".finding"), input);
    } catch (IOException e) {
      throw new AssertionError("target/fuzz must be writable", e);
    }
  }

  /** Runs in a thread of its own, so that a reading without end is a failure too. */
  private void watched(Runnable readings) {
    FutureTask<Void> task = new FutureTask<>(readings, null);
    Thread thread = new Thread(task, "fuzz " + type.getSimpleName());
    thread.setDaemon(true);
    begun = System.nanoTime();
    thread.start();
    while (true) {
      try {
        task.get(1, TimeUnit.SECONDS);
        return;
      } catch (TimeoutException e) {
        if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(MAX_WAIT_SECONDS)) {
          throw new AssertionError(
              "reading must end, hangs at " + List.of(thread.getStackTrace()) + kept(current), e);
        }
      } catch (ExecutionException e) {
        throw e.getCause() instanceof AssertionError finding ? finding : new AssertionError(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  /** Returns the files in the target's resource folder, in the order of their names. */
  private List<byte[]> found() {
    URL folder = type.getResource("fuzz/" + type.getSimpleName());
    if (folder == null) {
      return List.of();
    }
    List<byte[]> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(URI.create(folder.toString())))) {
      for (Path file : files.sorted().toList()) {
        found.add(Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new AssertionError("found files must be readable", e);
    }
    return found;
  }
}
