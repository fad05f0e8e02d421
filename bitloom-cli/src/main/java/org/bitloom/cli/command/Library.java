package org.bitloom.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bitloom.data.DataSets;
import org.bitloom.download.DownloadProgress;
import org.bitloom.payload.CarrierTensor;
import org.bitloom.run.RunContext;
import org.bitloom.run.RunOutcome;
import org.bitloom.run.RunReader;
import org.bitloom.run.TrainingRun;
import org.bitloom.session.Evaluation;
import org.bitloom.session.ModelNetwork;
import org.bitloom.session.NetworkCarrier;
import org.bitloom.session.Prediction;
import org.bitloom.session.engine.Devices;
import org.bitloom.session.engine.EngineFacts;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.BitWeights;

/** The part of the library that tests of the command replace: the engine and downloaded data. */
public interface Library {
  /** The library itself. */
  Library REAL =
      new Library() {
        @Override
        public RunOutcome start(RunSettings settings, RunContext where) throws IOException {
          return TrainingRun.start(settings, where);
        }

        @Override
        public RunSettings settings(Path folder) throws IOException {
          return RunReader.open(folder).settings();
        }

        @Override
        public RunOutcome resume(RunContext where) throws IOException {
          return TrainingRun.resume(where);
        }

        @Override
        public Evaluation evaluate(
            Evaluation.Source source, Evaluation.Data data, int threads, DeviceChoice device)
            throws IOException {
          return Evaluation.ofModel(source, data, threads, device);
        }
      };

  RunOutcome start(RunSettings settings, RunContext where) throws IOException;

  RunSettings settings(Path folder) throws IOException;

  RunOutcome resume(RunContext where) throws IOException;

  Evaluation evaluate(
      Evaluation.Source source, Evaluation.Data data, int threads, DeviceChoice device)
      throws IOException;

  default Evaluation evaluateInJava(Evaluation.Source source, Evaluation.Data data, int threads)
      throws IOException {
    return Evaluation.inJava(source, data, threads);
  }

  default List<Prediction> predict(Evaluation.Source source, List<Path> images, int threads)
      throws IOException {
    return Prediction.of(source, images, threads);
  }

  default List<String> exportModule(Evaluation.Source source, Path target) throws IOException {
    return ModelNetwork.writeModule(source, target);
  }

  /**
   * Returns the devices that many workers share by turns; refuses one that is not there, before
   * they find out.
   */
  default List<DeviceChoice> shared(DeviceChoice device) {
    return Devices.shared(device);
  }

  default EngineFacts engine() {
    return EngineFacts.read();
  }

  default List<CarrierTensor> carrier(
      String network, List<Integer> image, int classes, BitWeights weights) throws IOException {
    return NetworkCarrier.of(network, image, classes, weights);
  }

  default DataSets dataSets(DownloadProgress progress) {
    return DataSets.standard(progress);
  }
}
