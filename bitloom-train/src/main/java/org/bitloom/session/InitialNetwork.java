package org.bitloom.session;

import java.io.IOException;
import java.nio.file.Path;
import org.bitloom.data.ImageSet;
import org.bitloom.error.UsageException;
import org.bitloom.network.Network;
import org.bitloom.network.Networks;
import org.bitloom.network.OwnNetwork;
import org.bitloom.script.ScriptNetwork;
import org.bitloom.settings.InitFrom;
import org.bitloom.settings.RunSettings;

/**
 * What a run begins with.
 *
 * @param network with the buffers of the network to start from, if there is one
 * @param weights what the parameters begin with
 */
record InitialNetwork(Network network, InitialWeights weights) {
  /** Begins with drawn weights. */
  static InitialNetwork drawn(Network network, RunSettings settings) {
    return new InitialNetwork(network, InitialWeights.drawn(settings.seed()));
  }

  /**
   * Begins with the weights of another network. A user's own module may be given as the network to
   * start from: then it begins with the weights that it holds.
   *
   * @param images that the network will see
   * @throws UsageException if the network to start from does not fit
   * @throws IOException if it cannot be read
   */
  static InitialNetwork from(InitFrom source, Network network, ImageSet images) throws IOException {
    if (!(network instanceof OwnNetwork own)) {
      checkKind(source);
      return new InitialNetwork(
          network, WeightsFile.read(source, images, WeightsFile.Buffers.NONE));
    }
    ScriptNetwork script = own.script();
    if (source.sha256().equals(script.sha256())) {
      return new InitialNetwork(own, parameters -> {});
    }
    checkKind(source);
    WeightsFile weights =
        WeightsFile.read(
            source,
            images,
            new WeightsFile.Buffers(script::isBuffer, script::isFloatBuffer, script::hasTensor));
    return new InitialNetwork(new OwnNetwork(script.with(weights.tensors())), weights);
  }

  private static void checkKind(InitFrom source) {
    if (Networks.isFile(Path.of(source.path()).toString())) {
      throw new UsageException(
          "a network to start from must be a run, a safetensors file, or the very file of --net,"
              + " got "
              + source.path(),
          "in Python: safetensors.torch.save_file(net.state_dict(), 'net.safetensors')");
    }
  }
}
