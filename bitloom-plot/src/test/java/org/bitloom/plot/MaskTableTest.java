package org.bitloom.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bitloom.plot.MaskTable.Row;
import org.junit.jupiter.api.Test;

class MaskTableTest {
  private static final List<SweepPoint> ALL_OF_TWO_BITS =
      List.of(
          Samples.point(2, "01", "", 1, 60, 90),
          Samples.point(2, "10", "", 1, 80, 90),
          Samples.point(2, "11", "", 1, 84, 90),
          Samples.point(2, "11", "", 2, 86, 90));

  @Test
  void theMostAccurateMaskComesFirst() {
    MaskTable table = MaskTable.of(ALL_OF_TWO_BITS).get(0);
    assertThat(table.rows()).extracting(Row::mask).containsExactly("11", "10", "01");
    assertThat(table.rows().get(0).accuracy().mean()).isCloseTo(85, within(1e-9));
  }

  @Test
  void theGainOfABitIsMeasuredBetweenMasksThatDifferInItAlone() {
    MaskTable table = MaskTable.of(ALL_OF_TWO_BITS).get(0);
    assertThat(table.gainOf(0)).isCloseTo(85 - 60, within(1e-9));
    assertThat(table.gainOf(1)).isCloseTo(85 - 80, within(1e-9));
  }

  @Test
  void aBitWithoutSuchAPairHasNoGain() {
    MaskTable table = MaskTable.of(ALL_OF_TWO_BITS.subList(0, 2)).get(0);
    assertThat(table.gainOf(0)).isNaN();
  }

  @Test
  void depthsAndGroupsHaveTablesOfTheirOwn() {
    List<MaskTable> tables =
        MaskTable.of(
            List.of(
                Samples.point(4, "1000", "b", 1, 90, 90),
                Samples.point(2, "10", "b", 1, 90, 90),
                Samples.point(4, "1000", "a", 1, 90, 90)));
    assertThat(tables)
        .extracting(MaskTable::name)
        .containsExactly("b, depth 2", "b, depth 4", "a, depth 4");
  }

  @Test
  void bitsAreNamedByTheirSignificance() {
    MaskTable table = MaskTable.of(Samples.single(4, 1).points()).get(0);
    assertThat(List.of(table.bitName(0), table.bitName(1), table.bitName(3)))
        .containsExactly("sign", "2", "0");
    assertThat(table.singleBits())
        .extracting(Row::mask)
        .containsExactly("1000", "0100", "0010", "0001");
  }
}
