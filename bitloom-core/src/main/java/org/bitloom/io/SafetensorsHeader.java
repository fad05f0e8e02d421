package org.bitloom.io;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds a header that has passed every check against the size of its file.
 *
 * @param metadata in file order; empty if the file has none
 * @param tensors in the order of their data
 */
record SafetensorsHeader(Map<String, String> metadata, List<TensorEntry> tensors) {
  private static final Set<String> ENTRY_KEYS = Set.of("dtype", "shape", "data_offsets");

  /** Reads and checks {@code header}, the bytes between the length and the data. */
  static SafetensorsHeader parse(Path path, byte[] header, long fileBytes)
      throws CorruptFileException {
    return new Reader(path, header, fileBytes).read();
  }

  /** Carries what every refusal needs to say. */
  private static final class Reader {
    private final Path path;
    private final byte[] header;
    private final long fileBytes;
    private final long dataBegin;

    Reader(Path path, byte[] header, long fileBytes) {
      this.path = path;
      this.header = header;
      this.fileBytes = fileBytes;
      this.dataBegin = (long) Safetensors.LENGTH_BYTES + header.length;
    }

    SafetensorsHeader read() throws CorruptFileException {
      Map<String, String> metadata = Map.of();
      List<TensorEntry> tensors = new ArrayList<>();
      for (Map.Entry<String, Object> member : members().entrySet()) {
        if (member.getKey().equals(Safetensors.METADATA)) {
          metadata = strings(member.getValue());
        } else {
          tensors.add(entry(member.getKey(), member.getValue()));
        }
      }
      tensors.sort(
          Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
      checkContiguous(tensors);
      return new SafetensorsHeader(metadata, Collections.unmodifiableList(tensors));
    }

    private Map<String, Object> members() throws CorruptFileException {
      if (header.length == 0 || header[0] != '{') {
        throw refuse("header must begin with '{'", "another byte or none");
      }
      String text = text();
      try {
        return object("header", new JsonParser(text, false).document());
      } catch (JsonException e) {
        int bytesBefore = text.substring(0, e.offset()).getBytes(StandardCharsets.UTF_8).length;
        throw new CorruptFileException(
            path,
            Safetensors.LENGTH_BYTES + bytesBefore,
            "header must be JSON",
            "'" + e.getMessage() + "'");
      }
    }

    private String text() throws CorruptFileException {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header)).toString();
      } catch (CharacterCodingException e) {
        throw refuse("header must be UTF-8", "other bytes (" + e.getMessage() + ")");
      }
    }

    private Map<String, String> strings(Object value) throws CorruptFileException {
      Map<String, String> strings = new LinkedHashMap<>();
      for (Map.Entry<String, Object> fact : object(Safetensors.METADATA, value).entrySet()) {
        if (!(fact.getValue() instanceof String string)) {
          throw refuse(
              "metadata " + fact.getKey() + " must be a String", String.valueOf(fact.getValue()));
        }
        strings.put(fact.getKey(), string);
      }
      return Collections.unmodifiableMap(strings);
    }

    private TensorEntry entry(String name, Object value) throws CorruptFileException {
      Map<String, Object> members = object("tensor " + name, value);
      if (!members.keySet().equals(ENTRY_KEYS)) {
        throw refuse(
            "tensor " + name + " must have dtype, shape and data_offsets",
            members.keySet().toString());
      }
      TensorType type = type(name, members.get("dtype"));
      List<Long> shape = numbers("shape of " + name, members.get("shape"));
      List<Long> offsets = numbers("data_offsets of " + name, members.get("data_offsets"));
      if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
        throw refuse("data_offsets of " + name + " must be begin <= end", offsets.toString());
      }
      long dataBytes = fileBytes - dataBegin;
      if (offsets.get(1) > dataBytes) {
        throw refuse(
            "data of " + name + " must end within the " + dataBytes + " bytes of data",
            offsets.toString());
      }
      TensorEntry entry =
          new TensorEntry(
              name, type, shape, dataBegin + offsets.get(0), dataBegin + offsets.get(1));
      checkLength(entry);
      return entry;
    }

    private void checkLength(TensorEntry entry) throws CorruptFileException {
      long bytes = entry.end() - entry.begin();
      boolean whole = bytes % entry.type().bytes() == 0;
      if (!whole || TensorData.product(entry.shape()) != entry.elements()) {
        throw refuse(
            "data of "
                + entry.name()
                + " must be as long as "
                + entry.type()
                + " "
                + entry.shape()
                + " needs",
            bytes + " bytes");
      }
    }

    private TensorType type(String name, Object value) throws CorruptFileException {
      for (TensorType type : TensorType.values()) {
        if (type.name().equals(value)) {
          return type;
        }
      }
      throw refuse(
          "dtype of " + name + " must be one of " + List.of(TensorType.values()),
          String.valueOf(value));
    }

    private List<Long> numbers(String what, Object value) throws CorruptFileException {
      List<Long> numbers = new ArrayList<>();
      if (value instanceof List<?> elements) {
        for (Object element : elements) {
          if (!(element instanceof Long number) || number < 0) {
            throw refuse(what + " must be integers of 0..2^63-1", String.valueOf(element));
          }
          numbers.add(number);
        }
        return numbers;
      }
      throw refuse(what + " must be an array", String.valueOf(value));
    }

    private void checkContiguous(List<TensorEntry> tensors) throws CorruptFileException {
      long at = dataBegin;
      for (TensorEntry tensor : tensors) {
        if (tensor.begin() != at) {
          throw new CorruptFileException(
              path,
              at,
              "data of " + tensor.name() + " must begin where the data before it end",
              "byte " + tensor.begin());
        }
        at = tensor.end();
      }
      if (at != fileBytes) {
        throw new CorruptFileException(
            path, at, "file must end with the last tensor", (fileBytes - at) + " bytes more");
      }
    }

    @SuppressWarnings("unchecked") // Json.parse gives objects with String keys only
    private Map<String, Object> object(String what, Object value) throws CorruptFileException {
      if (value instanceof Map<?, ?> members) {
        return (Map<String, Object>) members;
      }
      throw refuse(what + " must be a JSON object", String.valueOf(value));
    }

    private CorruptFileException refuse(String expected, String found) {
      return new CorruptFileException(path, Safetensors.LENGTH_BYTES, expected, found);
    }
  }
}
