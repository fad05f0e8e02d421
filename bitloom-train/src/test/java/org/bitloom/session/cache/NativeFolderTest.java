package org.bitloom.session.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bitloom.error.FailureException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class NativeFolderTest {
  private static final String TORCH = "a library of some bytes";
  private static final String BINDING = "what binds it";

  @TempDir private Path temporary;
  private Path cache;
  private NativeFolder folder;

  @BeforeEach
  void packTwoLibraries() throws IOException {
    cache = temporary.resolve("home/.djl.ai/pytorch");
    folder = new NativeFolder(cache.resolve("2.7.1-cpu"), jar(), "DJL_CACHE_DIR");
  }

  private Map<String, URL> jar() throws IOException {
    Path jar = temporary.resolve("natives.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (String content : List.of(TORCH, BINDING)) {
        zip.putNextEntry(new ZipEntry("lib/" + content.length()));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
      }
    }
    Map<String, URL> contents = new LinkedHashMap<>();
    contents.put("libtorch.so", entry(jar, TORCH));
    contents.put("libbinding.so", entry(jar, BINDING));
    return contents;
  }

  private static URL entry(Path jar, String content) throws IOException {
    return URI.create("jar:" + jar.toUri() + "!/lib/" + content.length()).toURL();
  }

  private Path torch() {
    return folder.folder().resolve("libtorch.so");
  }

  private void assertWhole() throws IOException {
    assertThat(torch()).hasContent(TORCH);
    assertThat(folder.folder().resolve("libbinding.so")).hasContent(BINDING);
    try (Stream<Path> all = Files.list(cache)) {
      assertThat(all.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("2.7.1-cpu", "2.7.1-cpu.bitloom", ".lock");
    }
    try (Stream<Path> all = Files.list(folder.folder())) {
      assertThat(all).hasSize(2); // the engine loads whatever else lies there
    }
  }

  @Test
  void librariesAreUnpackedOnce() throws IOException {
    folder.ready();
    assertWhole();
    FileTime time = Files.getLastModifiedTime(torch());
    folder.ready();
    assertThat(Files.getLastModifiedTime(torch())).isEqualTo(time);
  }

  @Test
  void aLibraryThatIsCutOffAnywhereIsUnpackedAnew() throws IOException {
    for (int length = 0; length < TORCH.length(); length++) {
      folder.ready();
      Files.writeString(torch(), TORCH.substring(0, length));
      folder.ready();
      assertWhole();
    }
  }

  @Test
  void aLibraryWithAnotherByteIsUnpackedAnew() throws IOException {
    folder.ready();
    Files.writeString(torch(), TORCH.replace('y', 'x'));
    Files.setLastModifiedTime(torch(), FileTime.fromMillis(0));
    folder.ready();
    assertWhole();
  }

  @Test
  void aMissingLibraryIsUnpacked() throws IOException {
    folder.ready();
    Files.delete(folder.folder().resolve("libbinding.so"));
    folder.ready();
    assertWhole();
  }

  @Test
  void whatDjlUnpackedIsTakenIfItIsWhole() throws IOException {
    Files.createDirectories(folder.folder());
    Files.writeString(torch(), TORCH);
    Files.writeString(folder.folder().resolve("libbinding.so"), BINDING);
    FileTime time = FileTime.fromMillis(1_000);
    Files.setLastModifiedTime(torch(), time);
    folder.ready();
    assertWhole();
    assertThat(Files.getLastModifiedTime(torch())).isEqualTo(time);
  }

  @Test
  void whatAKilledProcessUnpackedIsDeleted() throws IOException {
    Path left = Files.createDirectories(cache.resolve("bitloom-unpacking-1/deep"));
    Files.writeString(left.resolve("libtorch.so"), "half");
    folder.ready();
    assertWhole();
  }

  @Test
  void startsAtTheSameTimeUnpackOnce() throws Exception {
    ExecutorService four = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> ended =
          Stream.generate(() -> four.submit(folder::ready))
              .limit(4)
              .<Future<?>>map(f -> f)
              .toList();
      for (Future<?> each : ended) {
        each.get();
      }
    } finally {
      four.shutdown();
    }
    assertWhole();
  }

  @Test
  void moreThanTheDiskHoldsIsRefusedBeforeUnpacking() throws IOException {
    Files.createDirectories(cache);
    long free = Files.getFileStore(cache).getUsableSpace();
    assertThatThrownBy(() -> folder.checkRoom(free + (1L << 40)))
        .isInstanceOfSatisfying(
            FailureException.class,
            failure -> assertThat(failure.hint()).contains("or set DJL_CACHE_DIR to a folder"))
        .hasMessageContaining(" MiB in " + folder.folder() + ", found ");
    folder.checkRoom(0);
  }

  @Test
  void aFileInTheWayIsNamedWithTheVariable() throws IOException {
    Files.createDirectories(temporary.resolve("home"));
    Files.writeString(temporary.resolve("home/.djl.ai"), "");
    assertThatThrownBy(folder::ready)
        .isInstanceOfSatisfying(
            FailureException.class,
            failure -> assertThat(failure.hint()).contains("or set DJL_CACHE_DIR to another"))
        .hasMessageStartingWith("the engine must be unpacked to " + folder.folder() + ", found: ")
        .hasMessageContaining(".djl.ai");
  }

  /** Nobody can write there, not even root. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aPlaceThatTakesNoFilesIsRefusedWithItsReason() {
    NativeFolder nowhere =
        new NativeFolder(Path.of("/proc/self/cache/2"), folder.contents(), "ENGINE_CACHE_DIR");
    assertThatThrownBy(nowhere::ready)
        .isInstanceOfSatisfying(
            FailureException.class,
            failure -> assertThat(failure.hint()).contains("ENGINE_CACHE_DIR"))
        .hasMessageContaining("/proc/self/cache/2");
    assertThatThrownBy(nowhere::checkPlace).isInstanceOf(FailureException.class);
  }
}
