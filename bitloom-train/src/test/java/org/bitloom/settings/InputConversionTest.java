package org.bitloom.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bitloom.error.UsageException;
import org.bitloom.model.Normalization;
import org.bitloom.model.Normalization.MeanImage;
import org.bitloom.model.Normalization.PerChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputConversionTest {
  private static final MeanImage MEAN = new MeanImage(new float[] {1, 2, 3}, 4);

  private static Normalization of(String text, int channels) {
    return InputConversion.parse(text).of(channels, MEAN);
  }

  @Test
  void wordsChooseTheWay() {
    assertThat(of("mean-image", 3)).isEqualTo(MEAN);
    assertThat(of("unit", 3)).isEqualTo(new Normalization.Unit());
    assertThat(of("raw", 3)).isEqualTo(new Normalization.Raw());
  }

  @Test
  void oneMeanAndOneDeviationHoldForEveryChannel() {
    assertThat(of("0.1307,0.3081", 2))
        .isEqualTo(new PerChannel(new float[] {0.1307f, 0.1307f}, new float[] {0.3081f, 0.3081f}));
  }

  @Test
  void pytorchsValuesForPhotosCanBeWritten() {
    assertThat(of("0.485:0.456:0.406,0.229:0.224:0.225", 3))
        .isEqualTo(
            new PerChannel(
                new float[] {0.485f, 0.456f, 0.406f}, new float[] {0.229f, 0.224f, 0.225f}));
  }

  @Test
  void asManyNumbersAsChannelsAreWanted() {
    assertThatThrownBy(() -> of("0.4:0.5,0.2:0.3", 3))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("one for each channel of the images, that is 3, got 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mean-image",
        "unit",
        "raw",
        "0.1307,0.3081",
        "0.5,1.0E-4",
        "0.1:-0.2:0.0,1.0:2.0:0.5"
      })
  void whatIsPrintedIsReadAgain(String text) {
    assertThat(InputConversion.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "per-channel",
        "mean",
        "Unit",
        "0.5",
        "0.5,",
        ",0.5",
        "0.5,0.5,0.5",
        "NaN,1",
        "0x1,1",
        "0.5f,1",
        "0.5, 1",
        "0.5:,1",
        "0.5:0.4,1:",
        "0.5;0.4,1"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> InputConversion.parse(text))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("input must be mean-image, unit, raw, or MEAN,DEVIATION")
        .hasMessageContaining("'" + text + "'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.5:0.5,1 | as many means as deviations",
        "33.3,78.6 | pixels divided by 255, within -1..1, got 33.3",
        "0.5,0 | above 0, got 0.0",
        "0.5,-1 | above 0, got -1.0",
        "0.5,1e-45 | above 0, got 1.4E-45",
        "1e99,1 | within -1..1, got Infinity",
      })
  void numbersThatCannotBeMeantAreRefused(String text, String reason) {
    assertThatThrownBy(() -> InputConversion.parse(text))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(reason);
  }
}
