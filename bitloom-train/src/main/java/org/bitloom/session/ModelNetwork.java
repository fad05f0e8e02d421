package org.bitloom.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;
import org.bitloom.graph.KnownNetworks;
import org.bitloom.io.AtomicFiles;
import org.bitloom.io.ModelFile;
import org.bitloom.model.BitModel;
import org.bitloom.network.DescribedNetwork;
import org.bitloom.network.Network;
import org.bitloom.network.Networks;
import org.bitloom.network.OwnNetwork;
import org.bitloom.script.ScriptNetwork;
import org.bitloom.settings.RunFiles;

/** Finds the network that a model was trained from. */
public final class ModelNetwork {
  /** Key of the provenance: checksum of the module that a user's own network came from. */
  public static final String SHA256 = "networkSha256";

  private static final String HINT =
      "give it with --net; the folder of the run has it as " + RunFiles.NETWORK;

  private ModelNetwork() {}

  /**
   * Opens the network of a model: the graph in it if it has one; else a user's own from the path
   * {@code given} or from the file that a run leaves beside its model; else a known one by name.
   *
   * @param file path of the model
   * @throws UsageException if it is not there or another one
   * @throws FailureException if this version does not know it
   * @throws IOException if it cannot be read
   */
  static Network open(BitModel model, Path file, Optional<Path> given) throws IOException {
    if (model.graph().isPresent() || !Networks.isFile(model.network())) {
      return notFromFile(model, given);
    }
    String sha256 = model.provenance().get(SHA256);
    Path path = given.orElse(file.resolveSibling(RunFiles.NETWORK));
    if (!Files.exists(path)) {
      throw new UsageException(
          "the network of the model, " + model.network() + ", must be there, found no " + path,
          HINT);
    }
    ScriptNetwork network = ScriptNetwork.read(path, model.network());
    if (!network.sha256().equals(sha256)) {
      throw new UsageException(
          "network must be the one that the model was trained from (SHA-256 "
              + sha256
              + "), got "
              + path
              + " ("
              + network.sha256()
              + ")",
          HINT);
    }
    return new OwnNetwork(network.with(model.tensors()));
  }

  /**
   * Writes the module of a model as TorchScript with the weights that were trained, whole or not at
   * all; the engine is not loaded.
   *
   * @param source model, its module, and how the bits are read
   * @param target new or replaced; its folder must exist
   * @return lines about what is in the file, for the user
   * @throws UsageException if the network is no module, or not the one of the model
   * @throws IOException if model or module cannot be read, or the file cannot be written
   */
  public static List<String> writeModule(Evaluation.Source source, Path target) throws IOException {
    BitModel model = source.reading().of(ModelFile.read(source.model()));
    if (model.graph().isPresent() || !Networks.isFile(model.network())) {
      throw new UsageException(
          "only a module of one's own can be written as torchscript, got " + model.network(),
          "--to onnx, c or floats take it");
    }
    OwnNetwork own = (OwnNetwork) open(model, source.model(), source.network());
    byte[] file = own.script().trained(model.tensors());
    AtomicFiles.write(target, out -> out.write(file));
    return List.of(model.tensors().size() + " tensors of the module are the trained ones");
  }

  private static Network notFromFile(BitModel model, Optional<Path> given) throws IOException {
    if (given.isPresent()) {
      throw new UsageException(
          "--net is for models of networks from a file, the network of this one is "
              + model.network(),
          "leave it out");
    }
    if (model.graph().isPresent()) {
      return new DescribedNetwork(model.network(), model.graph().get());
    }
    if (!KnownNetworks.names().contains(model.network())) {
      throw new FailureException(
          "the network of the model must have a graph or be one of "
              + String.join(", ", KnownNetworks.names())
              + ", got "
              + model.network(),
          "evaluate it with the version of bitloom that wrote it, or a later one");
    }
    return Networks.open(model.network());
  }
}
