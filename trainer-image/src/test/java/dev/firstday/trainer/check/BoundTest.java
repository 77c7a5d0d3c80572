package dev.firstday.trainer.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundTest {
  @ParameterizedTest
  @CsvSource({
    "mustBe: 5, 5, 5, 5, 5",
    "mustNotBe: 5, other than 5, 4 6 7, ,",
    "mustBeGreaterThan: 5, > 5, 6 7, 5,",
    "mustBeGreaterOrEqualTo: 5, >= 5, 5 6 7, 5,",
    "mustBeLessThan: 5, < 5, 4, , 5",
    "mustBeLessOrEqualTo: 5, <= 5, 4 5, , 5",
    "'mustBeBetween: [5, 6]', between 5 and 6, 5 6, 5, 6",
    "'mustNotBeBetween: [5, 6]', below 5 or above 6, 4 7, ,",
    "'', <= 3, , , 3"
  })
  void knowsEveryOperator(
      String operator, String words, String holding, Double lower, Double upper) {
    String anomaly = "{metric: 'anomaly'" + (operator.isEmpty() ? "" : ", " + operator) + "}";

    Bound bound = Bound.of("a", Bench.check(anomaly));

    assertThat(bound.words()).isEqualTo(words);
    assertThat(bound.lower()).isEqualTo(lower);
    assertThat(bound.upper()).isEqualTo(upper);
    List<String> values = holding == null ? List.of() : Arrays.asList(holding.split(" "));
    for (int value = 4; value <= 7; value++) {
      assertThat(bound.holds(value, null))
          .as("%s %d", operator, value)
          .isEqualTo(values.contains(String.valueOf(value)));
    }
  }

  @Test
  void givesWayToChanceUpwardsOnly() {
    Bound upper = Bound.of("a", Bench.check("{metric: 'drift', mustBeLessThan: 5}"));
    Bound both = Bound.of("a", Bench.check("{metric: 'drift', mustBeBetween: [2, 5]}"));
    Bound lower = Bound.of("a", Bench.check("{metric: 'drift', mustBeGreaterThan: 5}"));

    assertThat(List.of(upper.holds(6, 6.5), upper.holds(7, 6.5), upper.holds(4.9, 1.0)))
        .containsExactly(true, false, true);
    assertThat(upper.movesTo(4.0)).isFalse();
    assertThat(List.of(both.holds(6, 6.5), both.holds(1, 6.5))).containsExactly(true, false);
    assertThat(lower.holds(5, 6.5)).isFalse();
  }
}
