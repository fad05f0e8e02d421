package org.bitloom.session.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bitloom.error.FailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class EngineLibraryTest {
  private static final String TORCH = System.mapLibraryName("torch");

  @TempDir private Path torch;

  private EngineLibrary library(Optional<String> version) throws IOException {
    Path folder = Files.createDirectories(torch.resolve("lib"));
    return new EngineLibrary(Optional.of(folder.toString()), version, Optional.empty());
  }

  private void put(String name, String content) throws IOException {
    Path file = torch.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  @Test
  void aFolderWithoutTheLibraryIsRefused() throws IOException {
    EngineLibrary empty = library(Optional.empty());
    assertThatThrownBy(empty::check)
        .isInstanceOf(FailureException.class)
        .hasMessage(
            "PYTORCH_LIBRARY_PATH must name a folder that holds %s, found none in %s",
            TORCH, torch.resolve("lib"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFileThatIsNoLibraryIsRefused() throws IOException {
    put("lib/" + TORCH, "some text");
    assertThatThrownBy(library(Optional.empty())::check)
        .isInstanceOf(FailureException.class)
        .hasMessageEndingWith("%s is none", torch.resolve("lib").resolve(TORCH));
  }

  @Test
  void aPythonPackageOfAnotherVersionIsRefused() throws IOException {
    put("lib/" + TORCH, "\u007fELF");
    put("version.py", "__version__ = '2.11.0+cu130'\n");
    assertThatThrownBy(library(Optional.empty())::check)
        .isInstanceOf(FailureException.class)
        .hasMessage("the engine needs PyTorch 2.7.1, found 2.11.0 in %s", torch.resolve("lib"));
  }

  @Test
  void anArchiveOfAnotherVersionIsRefused() throws IOException {
    put("lib/" + TORCH, "\u007fELF");
    put("build-version", "2.6.0+cpu\n");
    assertThatThrownBy(library(Optional.empty())::check).hasMessageContaining("found 2.6.0 in");
  }

  @Test
  void anotherVersionInTheEnvironmentIsRefused() throws IOException {
    put("lib/" + TORCH, "\u007fELF");
    assertThatThrownBy(library(Optional.of("2.5.1"))::check)
        .hasMessage("the engine needs PyTorch 2.7.1, found 2.5.1 in PYTORCH_VERSION");
  }

  @Test
  void theVersionThatFitsIsTaken() throws IOException {
    put("lib/" + TORCH, "\u007fELF");
    put("version.py", "__version__ = '2.7.1+cu126'\n");
    assertThatCode(library(Optional.empty())::check).doesNotThrowAnyException();
  }

  @Test
  void aLibraryWithABindingOfItsOwnMayBeOfAnyVersion() throws IOException {
    put("lib/" + TORCH, "\u007fELF");
    put("lib/" + System.mapLibraryName("djl_torch"), "");
    put("version.py", "__version__ = '2.11.0'\n");
    assertThatCode(library(Optional.empty())::check).doesNotThrowAnyException();
  }

  @Test
  void aMissingDriverIsNamedInTheHint() throws IOException {
    Throwable deep =
        new UnsatisfiedLinkError("libcaffe2_nvrtc.so: libcuda.so.1: cannot open shared object\nx");
    FailureException failure =
        library(Optional.empty()).failure(new IllegalStateException("Failed to load", deep));
    assertThat(failure)
        .hasMessage(
            "the engine must load, found libcaffe2_nvrtc.so: libcuda.so.1: cannot open shared"
                + " object");
    assertThat(failure.hint()).contains("driver").contains("unset PYTORCH_LIBRARY_PATH");
  }
}
