package org.bitloom.settings;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Names the files of a run.
 *
 * @param folder of the run
 */
public record RunFiles(Path folder) {
  public static final String CONFIG = "config.json";
  public static final String METRICS = "metrics.jsonl";
  public static final String MODEL = "model.safetensors";

  /** Where the run stands, for whoever looks on while it is at work. */
  public static final String PROGRESS = "progress.json";

  /** Copy of the user's own network. */
  public static final String NETWORK = "network.pt";

  public static final String NESTED = "nested.safetensors";
  public static final String PAYLOAD = "payload.bits";
  public static final String CHECKPOINT = "checkpoint";

  /** Returns the model file that is meant: the file itself, or the one in the folder of a run. */
  public static Path modelOf(Path given) {
    return Files.isDirectory(given) ? given.resolve(MODEL) : given;
  }

  /** Returns the settings and what else was in force. */
  public Path config() {
    return folder.resolve(CONFIG);
  }

  /** Returns the lines of the epochs. */
  public Path metrics() {
    return folder.resolve(METRICS);
  }

  /** Returns where the run stands inside its epoch, as long as it is at work. */
  public Path progress() {
    return folder.resolve(PROGRESS);
  }

  /** Returns what the last epoch came to, beyond its line. */
  public Path end() {
    return checkpoint().resolve("end.json");
  }

  /** Returns the trained model. */
  public Path model() {
    return folder.resolve(MODEL);
  }

  /** Returns the copy of the user's own network. */
  public Path network() {
    return folder.resolve(NETWORK);
  }

  /** Returns the copy of the network that the run nests. */
  public Path nested() {
    return folder.resolve(NESTED);
  }

  /** Returns the free bits of the payload that the run carries. */
  public Path payload() {
    return folder.resolve(PAYLOAD);
  }

  /** Returns the folder of what a resumed run needs. */
  public Path checkpoint() {
    return folder.resolve(CHECKPOINT);
  }

  /** Returns the state of training. */
  public Path state() {
    return checkpoint().resolve("state.safetensors");
  }

  /** Says whether the run has written a checkpoint. */
  public boolean hasState() {
    return Files.exists(state());
  }

  /** Returns the file that the process at work has locked. */
  public Path lock() {
    return checkpoint().resolve("lock");
  }
}
