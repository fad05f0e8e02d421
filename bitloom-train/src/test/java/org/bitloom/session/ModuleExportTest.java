package org.bitloom.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bitloom.data.DataSets;
import org.bitloom.data.ImageSet;
import org.bitloom.download.DownloadProgress;
import org.bitloom.error.UsageException;
import org.bitloom.io.ModelFile;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.Reading;
import org.bitloom.network.OwnNetwork;
import org.bitloom.script.ScriptNetwork;
import org.bitloom.session.batch.ImageFeed;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.testkit.GoldenModels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleExportTest {
  @TempDir private Path folder;
  private Path module;
  private Path target;

  @BeforeEach
  void writeModule() throws IOException {
    module = folder.resolve(GoldenModels.MODULE);
    GoldenModels.writeModule(module);
    target = folder.resolve("trained.pt");
  }

  private Evaluation.Source source(String golden) throws IOException {
    return new Evaluation.Source(
        GoldenModels.model(golden, folder), Optional.of(module), Reading.PLAIN);
  }

  @Test
  void theModuleAloneMeasuresLikeTheModel() throws IOException {
    GoldenModels.writeSamples(folder);
    ImageSet images =
        DataSets.standard(DownloadProgress.NONE).load(folder.toString(), Optional.empty()).test();
    Evaluation.Source source = source("format3/module");
    Evaluation expected =
        TrainedModel.read(source).evaluate(images, 1, DeviceChoice.CPU, notice -> {});

    ModelNetwork.writeModule(source, target);

    ScriptNetwork exported = ScriptNetwork.read(target, "trained.pt");
    ImageFeed feed = new ImageFeed(images, ModelFile.read(source.model()).normalization());
    try (LoadedNetwork loaded = LoadedNetwork.blank(new OwnNetwork(exported), images)) {
      Evaluation found = loaded.evaluate(feed, Session.everySample(images.count()));
      assertThat(found.answers()).isEqualTo(expected.answers());
      assertThat(found.loss()).isEqualTo(expected.loss(), within(1e-6));
    }
  }

  @Test
  void theNestedNetworkOfAModuleIsWrittenLikeAnyOther() throws IOException {
    Evaluation.Source source = source("format3/nested-module");
    ModelNetwork.writeModule(source, target);
    assertThat(ScriptNetwork.read(target, "trained.pt").trained(tensors(source)))
        .isEqualTo(Files.readAllBytes(target));
  }

  private static List<ModelTensor> tensors(Evaluation.Source source) throws IOException {
    return ModelFile.read(source.model()).tensors();
  }

  @Test
  void aKnownNetworkIsRefusedWithWhatWorks() throws IOException {
    Evaluation.Source known =
        new Evaluation.Source(
            GoldenModels.model("format3/plain", folder), Optional.empty(), Reading.PLAIN);
    assertThatThrownBy(() -> ModelNetwork.writeModule(known, target))
        .isInstanceOf(UsageException.class)
        .hasMessage("only a module of one's own can be written as torchscript, got lenet300");
    assertThat(target).doesNotExist();
  }

  @Test
  void aModelWhoseModuleIsNotThereIsRefused() throws IOException {
    Evaluation.Source alone =
        new Evaluation.Source(
            GoldenModels.model("format3/module", folder), Optional.empty(), Reading.PLAIN);
    assertThatThrownBy(() -> ModelNetwork.writeModule(alone, target))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("the network of the model, module.pt, must be there");
    assertThat(target).doesNotExist();
  }
}
