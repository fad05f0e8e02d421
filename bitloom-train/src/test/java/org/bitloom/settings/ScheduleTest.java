package org.bitloom.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bitloom.error.UsageException;
import org.bitloom.settings.Schedule.Phase;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  @Test
  void thePublishedScheduleIsRead() {
    Schedule schedule = Schedule.parse("40x9e-4,40x9e-5,20x9e-6");
    assertThat(schedule.phases())
        .containsExactly(new Phase(40, 9e-4), new Phase(40, 9e-5), new Phase(20, 9e-6));
    assertThat(schedule.epochs()).isEqualTo(100);
    assertThat(schedule.rate(1)).isEqualTo(9e-4);
    assertThat(schedule.rate(40)).isEqualTo(9e-4);
    assertThat(schedule.rate(41)).isEqualTo(9e-5);
    assertThat(schedule.rate(80)).isEqualTo(9e-5);
    assertThat(schedule.rate(81)).isEqualTo(9e-6);
    assertThat(schedule.rate(100)).isEqualTo(9e-6);
  }

  @Test
  void epochsOutsideTheScheduleAreRefused() {
    Schedule schedule = Schedule.parse("2x1e-3");
    for (int epoch : new int[] {0, -1, 3}) {
      assertThatThrownBy(() -> schedule.rate(epoch))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("epoch must be 1..2, got " + epoch);
    }
  }

  @Test
  void blanksAroundPhasesAreAllowed() {
    assertThat(Schedule.parse(" 3x1e-3 , 1x.5 ")).isEqualTo(Schedule.parse("3x0.001,1x0.5"));
  }

  @Test
  void everyScheduleSurvivesPrintingExactly() {
    SplittableRandom random = Seeds.random("schedules");
    for (int i = 0; i < 1000; i++) {
      List<Phase> phases = new ArrayList<>();
      for (int p = random.nextInt(1, 5); p > 0; p--) {
        double rate = random.nextDouble() * Math.pow(10, random.nextInt(-300, 300));
        phases.add(new Phase(random.nextInt(1, 10_000_000), Math.max(rate, Double.MIN_VALUE)));
      }
      Schedule schedule = new Schedule(phases);
      assertThat(Schedule.parse(schedule.toString()))
          .as("seed %d", Seeds.CURRENT)
          .isEqualTo(schedule);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,,", "2,2,,", "3,3,,", "5,3,1,1", "10,6,2,2", "100,60,20,20", "7,5,1,1"})
  void theDefaultDecaysToATenthAndAHundredth(int epochs, int first, Integer middle, Integer last) {
    List<Phase> phases = new ArrayList<>(List.of(new Phase(first, 9e-4)));
    if (middle != null) {
      phases.add(new Phase(middle, 9e-5));
      phases.add(new Phase(last, 9e-6));
    }
    assertThat(Schedule.decaying(epochs, 9e-4).phases()).isEqualTo(phases);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''        | schedule must be EPOCHSxRATE phases joined by commas, got ''",
        "3         | schedule must be EPOCHSxRATE phases joined by commas, got '3'",
        "3x        | schedule must be EPOCHSxRATE phases joined by commas, got '3x'",
        "x1e-3     | schedule must be EPOCHSxRATE phases joined by commas, got 'x1e-3'",
        "3x1e-3,   | schedule must be EPOCHSxRATE phases joined by commas, got ''",
        "-3x1e-3   | schedule must be EPOCHSxRATE phases joined by commas, got '-3x1e-3'",
        "3x-1e-3   | schedule must be EPOCHSxRATE phases joined by commas, got '3x-1e-3'",
        "3xNaN     | schedule must be EPOCHSxRATE phases joined by commas, got '3xNaN'",
        "12345678x1 | schedule must be EPOCHSxRATE phases joined by commas, got '12345678x1'",
        "3x1.2.3   | learning rate must be a number, got '1.2.3'",
        "3x.       | learning rate must be a number, got '.'",
        "0x1e-3    | epochs must be at least 1, got 0",
        "3x0       | learning rate must be above 0, got 0.0",
        "3x1e-999  | learning rate must be above 0, got 0.0",
        "3x1e999   | learning rate must be above 0, got Infinity"
      })
  void textThatIsNoScheduleIsRefused(String text, String message) {
    assertThatThrownBy(() -> Schedule.parse(text))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
  }

  @Test
  void moreEpochsThanCanBeCountedAreRefused() {
    String many = "9999999x1,".repeat(214) + "9999999x1";
    assertThatThrownBy(() -> Schedule.parse(many))
        .isInstanceOf(UsageException.class)
        .hasMessage("epochs of all phases must be at most 2147483647, got 2149999785");
  }

  @Test
  void aScheduleWithoutPhasesOrEpochsIsRefused() {
    assertThatThrownBy(() -> new Schedule(List.of())).isInstanceOf(UsageException.class);
    assertThatThrownBy(() -> Schedule.decaying(0, 1)).isInstanceOf(UsageException.class);
    assertThatThrownBy(() -> Schedule.decaying(5, Double.NaN)).isInstanceOf(UsageException.class);
  }
}
