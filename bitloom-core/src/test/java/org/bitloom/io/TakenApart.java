package org.bitloom.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is in a model file, to be changed and put together again with a right checksum.
 *
 * @param metadata in the order of the file
 * @param tensors by name, in the order of the file
 */
record TakenApart(Map<String, String> metadata, Map<String, TensorData> tensors) {
  static TakenApart of(Path path) throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      Map<String, TensorData> tensors = new LinkedHashMap<>();
      for (TensorEntry tensor : file.tensors()) {
        tensors.put(tensor.name(), file.data(tensor.name()));
      }
      return new TakenApart(new LinkedHashMap<>(file.metadata()), tensors);
    }
  }

  void write(Path path) throws IOException {
    Safetensors.write(path, metadata, List.copyOf(tensors.values()));
  }
}
