package org.bitloom.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a file is, told by its first bytes and never by its name; so that a file that is merely of
 * another kind is not called damaged.
 *
 * <p>A constant's text says what it is, then what its owner can do with it.
 */
public enum FileKind {
  EMPTY("an empty file", "get it again: its download or copy has not been finished"),
  LFS_POINTER("a pointer of Git LFS in place of the file", "fetch the file itself: git lfs pull"),
  HTML(
      "a web page", "download the file again; what the server sent is a page about it or an error"),
  SAFETENSORS("weights in safetensors", "train --init-from starts from weights in safetensors"),
  PYTORCH(
      "a ZIP archive of PyTorch (.pt, .pth)",
      "a state dict becomes safetensors in Python: safetensors.torch.save_file(torch.load(FILE,"
          + " weights_only=True), 'weights.safetensors'); a TorchScript module goes to --net"),
  PICKLE(
      "a pickle of Python",
      "load it in Python, where you trust it, and save what it holds in the format that is wanted"),
  ONNX("an ONNX network", Convert.HINT),
  HDF5("an HDF5 file, such as Keras writes", Convert.HINT),
  NPY("an array of numpy (.npy)", Convert.HINT),
  NPZ("arrays of numpy (.npz)", Convert.HINT),
  GGUF("a GGUF file", Convert.HINT),
  TFLITE("a TensorFlow Lite network", Convert.HINT),
  IDX("an idx file", "name the folder of the idx files with --data"),
  AGE("an encrypted file (age)", "decrypt it first"),
  PACKED("a packed network of bitloom", "export --to model makes a model file of it"),
  CONTAINER("a container of bitloom", "extract opens it"),
  GZIP("a gzip file", "unpack it first: gzip -d"),
  ZIP("a ZIP archive", "unpack it first"),
  TAR("a tar archive", "unpack it first"),
  BZIP2("a bzip2 file", "unpack it first"),
  XZ("an xz file", "unpack it first"),
  ZSTD("a zstd file", "unpack it first"),
  SEVEN_ZIP("a 7-Zip archive", "unpack it first"),
  RAR("a RAR archive", "unpack it first"),
  PNG("a PNG image", Image.HINT),
  JPEG("a JPEG image", Image.HINT),
  GIF("a GIF image", Image.HINT),
  BMP("a BMP image", Image.HINT),
  WEBP("a WebP image", Image.HINT),
  TIFF("a TIFF image", Image.HINT),
  PDF("a PDF document", "choose another file"),
  PROGRAM("a program", "choose another file"),
  PEM("a key or certificate in PEM", "choose another file"),
  JSON("JSON text", "choose another file"),
  TEXT("text", "choose another file"),
  UNKNOWN("other bytes", "choose another file");

  /** As many first bytes as {@link #of(byte[])} looks at. */
  public static final int BYTES = 1024;

  /** Constants of an enum cannot use its own fields. */
  private static final class Convert {
    static final String HINT = "convert it in Python to the format that is wanted";
  }

  private static final class Image {
    static final String HINT = "images are data: name their folder with --data";
  }

  private static final List<Signature> SIGNATURES =
      List.of(
          new Signature(HDF5, 0, "894844460d0a1a0a"),
          new Signature(NPY, 0, "934e554d5059"),
          new Signature(GGUF, 0, "47475546"),
          new Signature(TFLITE, 4, "54464c33"),
          new Signature(PACKED, 0, "89426c4e65740d0a"),
          new Signature(CONTAINER, 0, "89426c5061790d0a"),
          new Signature(GZIP, 0, "1f8b"),
          new Signature(TAR, 257, "7573746172"),
          new Signature(BZIP2, 0, "425a68"),
          new Signature(XZ, 0, "fd377a585a00"),
          new Signature(ZSTD, 0, "28b52ffd"),
          new Signature(SEVEN_ZIP, 0, "377abcaf271c"),
          new Signature(RAR, 0, "526172211a07"),
          new Signature(PNG, 0, "89504e470d0a1a0a"),
          new Signature(JPEG, 0, "ffd8ff"),
          new Signature(GIF, 0, "47494638"),
          new Signature(BMP, 6, "00000000"),
          new Signature(WEBP, 8, "57454250"),
          new Signature(TIFF, 0, "49492a00"),
          new Signature(TIFF, 0, "4d4d002a"),
          new Signature(PDF, 0, "255044462d"),
          new Signature(PROGRAM, 0, "7f454c46"));

  private final String title;
  private final String advice;

  FileKind(String title, String advice) {
    this.title = title;
    this.advice = advice;
  }

  /** Bytes that stand at one place in all files of a kind. */
  private record Signature(FileKind kind, int at, String hex) {
    boolean fits(byte[] start) {
      byte[] wanted = HexFormat.of().parseHex(hex);
      return start.length >= at + wanted.length
          && Arrays.equals(start, at, at + wanted.length, wanted, 0, wanted.length);
    }
  }

  /** Returns what it is, with an article. */
  public String title() {
    return title;
  }

  /** Returns what its owner can do with it. */
  public String advice() {
    return advice;
  }

  /** Looks at the beginning of a file. */
  public static FileKind of(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return of(in.readNBytes(BYTES));
    }
  }

  /** Looks at the beginning of what a user named, if it is a file that can be read. */
  public static Optional<FileKind> ifFile(String name) {
    try {
      Path path = Path.of(name);
      return Files.isRegularFile(path) ? Optional.of(of(path)) : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Looks at the first bytes of a file: {@link #BYTES} of them, or all that it has. */
  public static FileKind of(byte[] start) {
    if (start.length == 0) {
      return EMPTY;
    }
    String text = new String(start, StandardCharsets.ISO_8859_1);
    FileKind kind = binary(start, text);
    return kind == UNKNOWN ? written(text) : kind;
  }

  private static FileKind binary(byte[] start, String text) {
    if (text.startsWith("PK\3\4") || text.startsWith("PK\5\6")) {
      return zip(start, text);
    }
    if (at(start, 8) == '{' && lengthFits(start)) {
      return SAFETENSORS;
    }
    if (at(start, 0) == 0x80 && at(start, 1) >= 2 && at(start, 1) <= 5) {
      return PICKLE;
    }
    if (isIdx(start)) {
      return IDX;
    }
    if (at(start, 0) == 8 && at(start, 1) >= 1 && at(start, 1) <= 20 && at(start, 2) == 0x12) {
      return ONNX; // the version of its format, then the name of its producer
    }
    return SIGNATURES.stream()
        .filter(signature -> signature.fits(start))
        .map(Signature::kind)
        .filter(kind -> kind != BMP || text.startsWith("BM"))
        .findFirst()
        .orElse(UNKNOWN);
  }

  private static int at(byte[] start, int index) {
    return index < start.length ? start[index] & 0xFF : -1;
  }

  /** Says whether the first eight bytes can be the length of a header of safetensors. */
  private static boolean lengthFits(byte[] start) {
    return at(start, 3) < 6 && at(start, 4) + at(start, 5) + at(start, 6) + at(start, 7) == 0;
  }

  private static boolean isIdx(byte[] start) {
    boolean type = at(start, 2) >= 8 && at(start, 2) <= 0x0E && at(start, 2) != 0x0A;
    return at(start, 0) == 0 && at(start, 1) == 0 && type && at(start, 3) >= 1 && at(start, 3) <= 8;
  }

  /** Tells archives apart by the name of the first entry, behind 30 bytes. */
  private static FileKind zip(byte[] start, String text) {
    int length = at(start, 26) + 256 * at(start, 27);
    int from = Math.min(30, text.length());
    String name = text.substring(from, Math.max(from, Math.min(text.length(), from + length)));
    if (name.endsWith(".npy")) {
      return NPZ;
    }
    boolean torch =
        name.endsWith("/data.pkl")
            || name.endsWith("/version")
            || name.endsWith("/byteorder")
            || name.endsWith("/.format_version")
            || name.contains("/code/");
    return torch ? PYTORCH : ZIP;
  }

  private static FileKind written(String text) {
    String words = text.replace("\u00ef\u00bb\u00bf", "").stripLeading().toLowerCase(Locale.ROOT);
    if (words.startsWith("<!doctype") || words.startsWith("<html") || words.startsWith("<?xml")) {
      return HTML;
    }
    if (words.startsWith("version https://git-lfs")) {
      return LFS_POINTER;
    }
    if (words.startsWith("age-encryption.org/") || words.startsWith("-----begin age encrypted")) {
      return AGE;
    }
    if (words.startsWith("-----begin ")) {
      return PEM;
    }
    boolean readable =
        text.chars().allMatch(c -> (c >= ' ' && c != 0x7F) || "\t\r\n\f".indexOf(c) >= 0);
    if (!readable) {
      return UNKNOWN;
    }
    if (words.startsWith("<")) {
      return HTML;
    }
    return words.startsWith("{") || words.startsWith("[") ? JSON : TEXT;
  }
}
