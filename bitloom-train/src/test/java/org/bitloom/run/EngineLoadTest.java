package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bitloom.session.ToyImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine that does not load must be one clear line, and leave no folder of a run. */
class EngineLoadTest {
  private static final String TORCH = System.mapLibraryName("torch");

  @TempDir private Path root;

  private String failure(Path library) throws Exception {
    Path data = new ToyImages(120, 40, 6, 2).write(root.resolve("data"));
    Path run = root.resolve("run");
    List<String> printed =
        Children.output(
            Children.startCommand(
                ToyRun.settings(data),
                run,
                "-DPYTORCH_LIBRARY_PATH=" + library,
                "-DPYTORCH_FLAVOR=cpu"));
    assertThat(run).doesNotExist();
    assertThat(printed).hasSize(1);
    return printed.get(0);
  }

  private Path folder() throws IOException {
    return Files.createDirectories(root.resolve("torch"));
  }

  @Test
  void anEmptyFolderOfTheLibraryIsAFailure() throws Exception {
    assertThat(failure(folder()))
        .startsWith("failed: FailureException: PYTORCH_LIBRARY_PATH must name a folder")
        .endsWith("found none in " + folder());
  }

  @Test
  void aLibraryThatIsDamagedIsAFailure() throws Exception {
    Files.writeString(folder().resolve(TORCH), "\u007fELF and no more");
    assertThat(failure(folder()))
        .startsWith("failed: FailureException: the engine must load, found ")
        .contains(TORCH);
  }
}
