package org.bitloom.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bitloom.error.UsageException;
import org.bitloom.settings.PhaseSchedule.Phase;
import org.bitloom.testkit.Seeds;
import org.bitloom.update.RateDecay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  @Test
  void thePublishedScheduleIsRead() {
    PhaseSchedule schedule = PhaseSchedule.parse("40x9e-4,40x9e-5,20x9e-6");
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
    PhaseSchedule schedule = PhaseSchedule.parse("2x1e-3");
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
      Schedule schedule = new PhaseSchedule(phases);
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
    assertThat(PhaseSchedule.decaying(epochs, 9e-4).phases()).isEqualTo(phases);
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
    assertThatThrownBy(() -> new PhaseSchedule(List.of())).isInstanceOf(UsageException.class);
    assertThatThrownBy(() -> Schedule.stepped(0, 1)).isInstanceOf(UsageException.class);
    assertThatThrownBy(() -> Schedule.stepped(5, Double.NaN)).isInstanceOf(UsageException.class);
  }

  @Test
  void aDecayIsReadAndPrintedAlike() {
    for (String text :
        List.of(
            "cosine:30x0.001", "linear:5x0.1:warmup0.5", "none:1x9.0E-4", "cosine:9x1:warmup2")) {
      Schedule schedule = Schedule.parse(text);
      assertThat(Schedule.parse(schedule.toString())).isEqualTo(schedule);
    }
    assertThat(Schedule.parse("cosine:30x1e-3:warmup2"))
        .isEqualTo(Schedule.decaying(RateDecay.COSINE, 30, 1e-3, 2))
        .hasToString("cosine:30x0.001:warmup2.0");
  }

  @Test
  void everyStepOfADecayHasARateOfItsOwn() {
    Schedule schedule = Schedule.parse("cosine:2x1:warmup0.5");
    assertThat(schedule.rate(1, 10)).isEqualTo(0.2);
    assertThat(schedule.rate(5, 10)).isEqualTo(1);
    assertThat(schedule.rate(6, 10)).isEqualTo(1);
    assertThat(schedule.rate(7, 10)).isBetween(0.98, 0.999);
    assertThat(schedule.rate(20, 10)).isBetween(0.0, 0.02);
    assertThat(schedule.firstRate()).isEqualTo(1);
  }

  @Test
  void phasesGiveEveryStepOfAnEpochTheSameRate() {
    Schedule schedule = Schedule.parse("1x2,2x1");
    assertThat(schedule.rate(10, 10)).isEqualTo(2);
    assertThat(schedule.rate(11, 10)).isEqualTo(1);
    assertThat(schedule.rate(30, 10)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cosine:       | schedule must be DECAY:EPOCHSxRATE or",
        "cosine:3      | schedule must be DECAY:EPOCHSxRATE or",
        "cosine:3x1:2  | schedule must be DECAY:EPOCHSxRATE or",
        "sine:3x1      | decay must be none, linear or cosine, got 'sine'",
        "cosine:0x1    | epochs must be at least 1, got 0",
        "cosine:3x0    | learning rate must be above 0, got 0.0",
        "cosine:3x1..2 | learning rate and warmup must be numbers, got",
        "cosine:3x1:warmup3 | warmup must be 0 to below the 3 epochs of the run, got 3.0"
      })
  void textThatIsNoDecayIsRefused(String text, String message) {
    assertThatThrownBy(() -> Schedule.parse(text))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(message);
  }
}
