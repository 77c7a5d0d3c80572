package dev.firstday.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BarTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "150, 100, none, #############|######",
        "50, 100, none, ###########........|",
        "0.02, none, 0.1, #####..............|",
        "0.4, none, 0.1, #####|##############",
        "0, 0, 0, |...................",
        "7, 0, 0, |###################",
        "-5, none, 5, ###########........|",
        "-8, -4, none, ##########|#########",
        "4, 3, 5, ---|-----o------|---",
        "3, 3, 5, ---o------------|---",
        "9, 3, 5, ---|---|--------o---",
        "-90, -5, 50, ---o-------|----|---"
      })
  void showsTheValueAgainstItsBounds(Double value, Double lower, Double upper, String bar) {
    assertThat(Bar.of(value, lower, upper, Style.PLAIN)).isEqualTo(bar).hasSize(Bar.WIDTH);
  }

  @Test
  void whatHasNoValueOrNoBoundHasNoBar() {
    assertThat(Bar.of(null, 1.0, null, Style.PLAIN)).isEmpty();
    assertThat(Bar.of(1.0, null, null, Style.PLAIN)).isEmpty();
    assertThat(Bar.of(Double.NaN, 1.0, null, Style.PLAIN)).isEmpty();
    assertThat(Bar.of(Double.POSITIVE_INFINITY, null, 1.0, Style.PLAIN)).isEmpty();
  }

  @Test
  void barsWithAMarkHaveOneScale() {
    assertThat(Bar.marked(0.1, 0.5, Style.PLAIN)).isEqualTo("##........|.........");
    assertThat(Bar.marked(0.9, 1, Style.PLAIN)).isEqualTo("##################.|");
  }

  @Test
  void hasBlocksWhereTheyCanBeShown() {
    assertThat(Bar.of(0.02, null, 0.1, new Style(false, true))).isEqualTo("█████░░░░░░░░░░░░░░┃");
    assertThat(Bar.of(4.0, 3.0, 5.0, new Style(false, true))).isEqualTo("───┃─────●──────┃───");
  }
}
