package org.bitloom.images;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file or a folder, and its name as text in every locale.
 *
 * <p>A file system keeps bytes. Java makes text of them by the locale it was started in, and a path
 * made of that text may be none of the file system's. So the path stays as it was listed, and its
 * bytes are taken for UTF-8, whatever the locale.
 *
 * @param name with {@code \xe9} for a byte that is not part of UTF-8
 * @param path as the file system knows it
 * @param isText whether the whole name is UTF-8
 */
record FolderEntry(String name, Path path, boolean isText) {
  static FolderEntry of(Path path) {
    String plain = path.getFileName().toString();
    if (plain.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      return new FolderEntry(plain, path, true);
    }
    StringBuilder text = new StringBuilder();
    boolean isText = decode(bytes(path), text);
    return new FolderEntry(text.toString(), path, isText);
  }

  /** Returns what does not begin with a dot, sorted by the bytes of the names. */
  static List<FolderEntry> visible(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(FolderEntry::of)
          .filter(entry -> !entry.name.startsWith("."))
          .sorted(Comparator.comparing(FolderEntry::name, ImageSource.BY_BYTES))
          .toList();
    }
  }

  boolean isFolder() {
    return Files.isDirectory(path);
  }

  /** Returns the bytes of the last name: a URI has them with none changed. */
  private static byte[] bytes(Path path) {
    String uri = path.toUri().getRawPath();
    String trimmed = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    String name = trimmed.substring(trimmed.lastIndexOf('/') + 1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) == '%') {
        bytes.write(HexFormat.fromHexDigits(name, i + 1, i + 3));
        i += 2;
      } else {
        bytes.writeBytes(name.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static boolean decode(byte[] bytes, StringBuilder text) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    boolean isText = true;
    for (CoderResult result = decoder.decode(in, out, true);
        result.isError();
        result = decoder.decode(in, out, true)) {
      isText = false;
      text.append(out.flip());
      out.clear();
      for (int i = 0; i < result.length(); i++) {
        text.append("\\x").append(HexFormat.of().toHexDigits(in.get()));
      }
      decoder.reset();
    }
    text.append(out.flip());
    return isText;
  }
}
