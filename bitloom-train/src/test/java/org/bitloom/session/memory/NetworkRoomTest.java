package org.bitloom.session.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.bitloom.data.DataSet;
import org.bitloom.data.ImageSet;
import org.bitloom.error.UsageException;
import org.bitloom.graph.Graph;
import org.bitloom.network.GraphBlock;
import org.bitloom.network.Networks;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.ToySettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that cannot be, for photos as cameras make them. */
class NetworkRoomTest {
  private static final long GIB = 1L << 30;
  private static final NetworkRoom LAPTOP = new NetworkRoom(new MemoryLimits(2 * GIB, 8 * GIB));
  private static final NetworkRoom LARGE = new NetworkRoom(new MemoryLimits(900 * GIB, 1000 * GIB));

  private static DataSet photos(int width, int height) {
    ImageSet one = new ImageSet(new byte[3 * width * height], new byte[1], 3, height, width, 2);
    return new DataSet("photos", one, one, DataSet.numbered(2), "0".repeat(64));
  }

  private static void train(NetworkRoom room, RunSettings settings, DataSet data) {
    Graph graph = Networks.graph(settings.network(), data.train());
    GraphBlock block = new GraphBlock(graph);
    room.checkTraining(block, data, settings);
  }

  private static RunSettings settings(String network, long batch) {
    return ToySettings.of(Path.of("photos"), Map.of("network", network, "batch", batch));
  }

  @Test
  void theUsualNetworkForPhotosIsToldItsFirstLayerWhatThereIsAndASizeThatFits() {
    assertThatThrownBy(() -> train(LAPTOP, settings("lenet300", 60), photos(1024, 768)))
        .isInstanceOfSatisfying(
            UsageException.class,
            e -> assertThat(e.hint()).startsWith("make the images smaller: --resize 204x153 fits"))
        .hasMessage(
            "lenet300 for images of 1024x768 would have 707,819,000 weights, 707,788,800 of them in"
                + " dense1.weight; a layer must have at most 536,870,911");
  }

  @Test
  void aNetworkThatOnlyLacksMemoryIsToldHowMuchItNeedsAndHowMuchThereIs() {
    assertThatThrownBy(() -> train(LAPTOP, settings("lenet300", 60), photos(640, 480)))
        .hasMessageContaining("276,480,000 of them in dense1.weight, which must fit into memory")
        .hasMessageContaining("needs at least 8.5 GiB, 6.3 GiB of it heap")
        .hasMessageContaining("found 8.0 GiB in the machine, 2.0 GiB of it for the JVM's heap");
    assertThatCode(() -> train(LARGE, settings("lenet300", 60), photos(640, 480)))
        .doesNotThrowAnyException();
  }

  @Test
  void aHeapThatMayBeRaisedIsToldSo() {
    NetworkRoom workstation = new NetworkRoom(new MemoryLimits(2 * GIB, 64 * GIB));
    assertThatThrownBy(() -> train(workstation, settings("lenet300", 60), photos(640, 480)))
        .isInstanceOfSatisfying(
            UsageException.class,
            e -> assertThat(e.hint()).startsWith("raise the heap: BITLOOM_OPTS=-Xmx8g; or make"));
  }

  @Test
  void aNetworkThatIsOnlyEvaluatedMustFitToo() {
    ImageSet images = photos(1024, 768).test();
    GraphBlock block = new GraphBlock(Networks.graph("lenet300", images));
    assertThatThrownBy(() -> LARGE.checkWeights(block, images, "lenet300"))
        .hasMessageContaining("a layer must have at most 536,870,911");
  }

  @ParameterizedTest(name = "{0} of {1}x{2}")
  @CsvSource({"conv2, 1024, 768", "conv2, 4000, 3000", "conv4, 4000, 3000", "lenet300, 4000, 3000"})
  void layersThatNoArrayHoldsAreRefusedWithASizeOfImages(String network, int width, int height) {
    DataSet data = photos(width, height);
    assertThatThrownBy(() -> train(LARGE, settings(network, 1), data))
        .isInstanceOfSatisfying(
            UsageException.class, e -> assertThat(e.hint()).contains("--resize "))
        .hasMessageContaining(network)
        .hasMessageContaining(width + "x" + height);
  }

  @Test
  void whatTheLayersMakeOfABatchCountsToo() {
    assertThatThrownBy(() -> train(LAPTOP, settings("resnet20", 64), photos(1024, 768)))
        .hasMessageContaining("which must fit into memory");
    assertThatCode(() -> train(LAPTOP, settings("resnet20", 1), photos(1024, 768)))
        .doesNotThrowAnyException();
  }

  @Test
  void aBatchThatNoArrayHoldsIsRefusedWithTheLargestThatFits() {
    assertThatThrownBy(() -> train(LARGE, settings("resnet20", 300), photos(1024, 768)))
        .isInstanceOfSatisfying(
            UsageException.class,
            e -> assertThat(e.hint()).isEqualTo("lower --batch to 227 or less"));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"lenet300", "conv2", "conv4", "conv6", "resnet20", "resnet110"})
  void networksOfUsualImagesFitIntoASmallMachine(String network) {
    assertThatCode(() -> train(LAPTOP, settings(network, 64), photos(32, 32)))
        .doesNotThrowAnyException();
  }

  @Test
  void theEstimateIsTheFormulaOfTheStatePerWeight() {
    Graph graph = Networks.graph("lenet300", photos(4, 4).train());
    long weights = 48 * 300 + 300 * 100 + 100 * 2;
    NetworkRoom.Need bits = NetworkRoom.need(graph, settings("lenet300", 10), 7);
    // coupled, Adam: sign and magnitude 12 each, three frozen bits of six
    assertThat(bits.heap()).isBetween(weights * 24 + 7, weights * 25 + 7);
    long made = 48 + 300 + 100 + 2;
    assertThat(bits.engine()).isEqualTo(4 * (2 * weights + 10 * made));
  }

  @Test
  void floatsKeepTwoMoments() {
    Graph graph = Networks.graph("lenet300", photos(4, 4).train());
    RunSettings floats = ToySettings.of(Path.of("photos"), Map.of("weights", "float"));
    assertThat(NetworkRoom.need(graph, floats, 0).heap())
        .isEqualTo(8L * (48 * 300 + 300 * 100 + 200));
  }

  @Test
  void thisMachineTellsItsLimits() {
    MemoryLimits here = MemoryLimits.here();
    assertThat(here.heap()).isPositive();
    assertThat(here.machine()).isGreaterThanOrEqualTo(here.heap() / 2);
  }
}
