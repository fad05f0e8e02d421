package org.bitloom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that people name where a model or weights are wanted. */
class FileKindTest {
  @TempDir private Path folder;

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  private static byte[] text(String words) {
    return words.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] zip(String... names) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (String name : names) {
        out.putNextEntry(new ZipEntry(name));
        out.write(7);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] tar() {
    byte[] tar = new byte[512];
    System.arraycopy(text("weights.bin"), 0, tar, 0, 11);
    System.arraycopy(text("ustar"), 0, tar, 257, 5);
    return tar;
  }

  static Stream<Arguments> kinds() {
    return Stream.of(
        arguments(FileKind.EMPTY, new byte[0]),
        arguments(FileKind.PYTORCH, zip("archive/data.pkl", "archive/data/0")),
        arguments(FileKind.PYTORCH, zip("net/version", "net/data.pkl")),
        arguments(FileKind.NPZ, zip("x_train.npy")),
        arguments(FileKind.ZIP, zip("readme.txt")),
        arguments(FileKind.PICKLE, hex("80 02 8a 0a 6c fc 9c 46 f9 20 6a a8 50 19 2e")),
        arguments(FileKind.PICKLE, hex("80 04 95 10 00 00 00 00 00 00 00 7d")),
        arguments(FileKind.SAFETENSORS, hex("10 00 00 00 00 00 00 00 7b 22")),
        arguments(FileKind.ONNX, hex("08 07 12 07 70 79 74 6f 72 63 68")),
        arguments(FileKind.HDF5, hex("89 48 44 46 0d 0a 1a 0a 00")),
        arguments(FileKind.NPY, hex("93 4e 55 4d 50 59 01 00")),
        arguments(FileKind.GGUF, hex("47 47 55 46 03 00 00 00")),
        arguments(FileKind.TFLITE, hex("1c 00 00 00 54 46 4c 33")),
        arguments(FileKind.IDX, hex("00 00 08 03 00 00 ea 60")),
        arguments(FileKind.IDX, hex("00 00 0d 04 00 00 ea 60")),
        arguments(FileKind.AGE, text("age-encryption.org/v1\n-> X25519 a\n")),
        arguments(FileKind.AGE, text("\n-----BEGIN AGE ENCRYPTED FILE-----\n")),
        arguments(FileKind.PEM, text("-----BEGIN OPENSSH PRIVATE KEY-----\n")),
        arguments(FileKind.GZIP, gzip(text("anything"))),
        arguments(FileKind.TAR, tar()),
        arguments(FileKind.BZIP2, text("BZh91AY")),
        arguments(FileKind.XZ, hex("fd 37 7a 58 5a 00 00")),
        arguments(FileKind.ZSTD, hex("28 b5 2f fd 04")),
        arguments(FileKind.SEVEN_ZIP, hex("37 7a bc af 27 1c 00 04")),
        arguments(FileKind.RAR, hex("52 61 72 21 1a 07 01 00")),
        arguments(FileKind.PNG, hex("89 50 4e 47 0d 0a 1a 0a")),
        arguments(FileKind.JPEG, hex("ff d8 ff e0 00 10")),
        arguments(FileKind.GIF, text("GIF89a")),
        arguments(FileKind.WEBP, text("RIFF....WEBPVP8 ")),
        arguments(FileKind.TIFF, hex("49 49 2a 00 08")),
        arguments(FileKind.BMP, hex("42 4d 36 00 0c 00 00 00 00 00 36")),
        arguments(FileKind.PDF, text("%PDF-1.7\n")),
        arguments(FileKind.PROGRAM, hex("7f 45 4c 46 02 01 01")),
        arguments(FileKind.HTML, text("<!DOCTYPE html><title>404</title>")),
        arguments(FileKind.HTML, text("\ufeff \n<HTML>")),
        arguments(FileKind.HTML, text("<?xml version='1.0'?><Error><Code>AccessDenied</Code>")),
        arguments(FileKind.LFS_POINTER, text("version https://git-lfs.github.com/spec/v1\noid")),
        arguments(FileKind.JSON, text("{\"epochs\": 5}")),
        arguments(FileKind.TEXT, text("1,2,3\n")),
        arguments(FileKind.UNKNOWN, hex("00 01 02 03 04 05 06 07 08 09")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void aFileIsToldByItsFirstBytes(FileKind kind, byte[] content) {
    assertThat(FileKind.of(content)).isEqualTo(kind);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void whereAModelIsWantedOtherKindsAreNamedAndNotCalledDamaged(FileKind kind, byte[] content)
      throws IOException {
    Path path = Files.write(folder.resolve("model.safetensors"), content);
    String undamaged = "use an undamaged copy of the file";
    boolean named = kind != FileKind.SAFETENSORS && kind != FileKind.UNKNOWN;
    assertThatThrownBy(() -> ModelFile.read(path))
        .isInstanceOfSatisfying(
            CorruptFileException.class,
            e -> {
              assertThat(e.hint()).isEqualTo(named ? kind.advice() : undamaged);
              assertThat(e.getMessage().contains("must be safetensors, got " + kind.title()))
                  .isEqualTo(named);
            });
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(FileKind.class)
  void everyKindSaysWhatItIsAndWhatToDo(FileKind kind) {
    assertThat(kind.title()).isNotBlank().hasSizeLessThan(60);
    assertThat(kind.advice()).isNotBlank().doesNotContain("undamaged");
  }

  @Test
  void plainWeightsWhereAModelIsWantedAreSentToInitFrom() throws IOException {
    Path path = folder.resolve("weights.safetensors");
    Safetensors.write(path, Map.of("format", "pt"), List.of());
    for (Reader reader : new Reader[] {ModelFile::read, SalvagedBits::read}) {
      assertThatThrownBy(() -> reader.read(path))
          .isInstanceOfSatisfying(
              CorruptFileException.class, e -> assertThat(e.hint()).contains("--init-from"))
          .hasMessageContaining("plain weights in safetensors, not a model of bitloom");
    }
  }

  private interface Reader {
    Object read(Path path) throws IOException;
  }

  @Test
  void aModelOfALaterFormatIsSentToANewerBitloom() throws IOException {
    Path path = folder.resolve("later.safetensors");
    Safetensors.write(path, Map.of("format", "bitloom", "formatVersion", "99"), List.of());
    assertThatThrownBy(() -> ModelFile.read(path))
        .isInstanceOfSatisfying(
            CorruptFileException.class, e -> assertThat(e.hint()).isEqualTo("use a newer bitloom"));
  }
}
