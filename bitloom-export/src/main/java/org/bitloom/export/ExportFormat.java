package org.bitloom.export;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.error.UsageException;
import org.bitloom.io.ModelFile;
import org.bitloom.model.BitModel;

/** The files that a trained network can be written as. */
public enum ExportFormat {
  /** Real weights as floats in safetensors, by the names of the model. */
  FLOATS("floats", false) {
    @Override
    List<String> writeChecked(BitModel model, Path target) throws IOException {
      return FloatsFile.write(model, target);
    }
  },

  /** An ONNX file with integer weights. */
  ONNX("onnx", true) {
    @Override
    List<String> writeChecked(BitModel model, Path target) throws IOException {
      return OnnxFile.write(model, target);
    }
  },

  /** The fewest bytes that the network can be rebuilt from. */
  PACKED("packed", false) {
    @Override
    List<String> writeChecked(BitModel model, Path target) throws IOException {
      return PackedExport.write(model, target);
    }
  },

  /** The same with all that computes nothing: the model comes back to the byte. */
  LOSSLESS("packed --lossless", false) {
    @Override
    List<String> writeChecked(BitModel model, Path target) throws IOException {
      return PackedExport.writeAll(model, target);
    }
  },

  /** A model file of bitloom. */
  MODEL("model", false) {
    @Override
    List<String> writeChecked(BitModel model, Path target) throws IOException {
      ModelFile.write(target, model);
      return List.of();
    }
  },

  /** A C99 program without dependencies. */
  C("c", true) {
    @Override
    List<String> writeChecked(BitModel model, Path target) throws IOException {
      return CFile.write(model, target);
    }
  };

  private final String label;
  private final boolean needsGraph;

  ExportFormat(String label, boolean needsGraph) {
    this.label = label;
    this.needsGraph = needsGraph;
  }

  abstract List<String> writeChecked(BitModel model, Path target) throws IOException;

  /** Returns the word for it on the command line. */
  public String label() {
    return label;
  }

  /**
   * Writes a network to a file, whole or not at all. What is nested in it is left out, but in the
   * two forms that a model comes back of unchanged.
   *
   * @param target new or replaced; its folder must exist
   * @return lines about what is in the file, for the user
   * @throws UsageException if the network cannot be written in this format
   * @throws IOException if the file cannot be written
   */
  public List<String> write(BitModel model, Path target) throws IOException {
    if (needsGraph && model.graph().isEmpty()) {
      throw new UsageException(
          "a network must have a graph to be written as "
              + label
              + ", "
              + model.network()
              + " has none: a module of one's own is a program that only the engine can run",
          "--to torchscript gives the module with its trained weights, --to floats the weights");
    }
    try {
      List<String> remarks = new ArrayList<>(writeChecked(model, target));
      for (String key : List.of("range", "resize")) { // as docs/format.md calls them
        if (model.provenance().containsKey(key)) {
          remarks.add(
              "images must be prepared as for training: "
                  + key
                  + " "
                  + model.provenance().get(key));
        }
      }
      return remarks;
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) { // a full disk does not say which file it is about
      FileSystemException named =
          new FileSystemException(target.toString(), null, String.valueOf(e.getMessage()));
      named.initCause(e);
      throw named;
    }
  }
}
