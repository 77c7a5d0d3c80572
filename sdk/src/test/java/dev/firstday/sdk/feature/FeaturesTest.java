package dev.firstday.sdk.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.data.Tables;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeaturesTest {
  private static final LocalDateTime MONDAY_SIX = LocalDateTime.of(2024, 1, 1, 6, 0);

  private static final Table TRAINING =
      Tables.table()
          .with("distance", Type.DOUBLE, 1.0, 3.0, null, 5.0)
          .with("carrier", Type.VARCHAR, "UA", "AA", "UA", null)
          .with("hour", Type.INTEGER, 0, 6, 12, 18)
          .with("at", Type.TIMESTAMP, MONDAY_SIX, null, MONDAY_SIX, MONDAY_SIX)
          .with("day", Type.DATE, MONDAY_SIX.toLocalDate().atStartOfDay(), null, null, null)
          .with("night", Type.BOOLEAN, true, false, true, true)
          .with("same", Type.BIGINT, 7, 7, 7, 7)
          .build();

  private static Features fit(Feature... features) {
    return Features.fit(List.of(features), TRAINING);
  }

  @Test
  void numbersAreScaledAndGapsTold() {
    Features features = fit(Feature.numeric("distance"));

    assertThat(features.inputs()).containsExactly("distance", "distance.missing");
    assertThat(features.encode(Map.of("distance", 3))).containsExactly(0, 0);
    assertThat(features.encode(Map.of("distance", 5.0))[0])
        .isCloseTo((float) (2 / Math.sqrt(8.0 / 3)), within(1e-6f));
    assertThat(features.encode(missing("distance"))).containsExactly(0, 1);
  }

  @Test
  void numberThatWasConstantInTrainingTeachesNothingAndSaysNothing() {
    Features features = fit(Feature.numeric("same"));

    assertThat(features.encode(Map.of("same", 7))).containsExactly(0);
    assertThat(features.encode(Map.of("same", 1_000_000))).containsExactly(0);
    assertThat(features.encode(missing("same"))).containsExactly(0);
  }

  @Test
  void categoriesHaveAnInputEach() {
    Features features = fit(Feature.categorical("carrier"));

    assertThat(features.inputs()).containsExactly("carrier=AA", "carrier=UA", "carrier.missing");
    assertThat(features.encode(Map.of("carrier", "UA"))).containsExactly(0, 1, 0);
    assertThat(features.encode(missing("carrier"))).containsExactly(0, 0, 1);
    assertThat(features.encode(Map.of("carrier", "ZZ"))).containsExactly(0, 0, 0);
  }

  @Test
  void rareCategoriesShareTheUnknownInput() {
    Features features = fit(Feature.categorical("carrier", 2));

    assertThat(features.inputs())
        .containsExactly("carrier=UA", "carrier.unknown", "carrier.missing");
    assertThat(features.encode(Map.of("carrier", "AA"))).containsExactly(0, 1, 0);
    assertThat(features.encode(Map.of("carrier", "ZZ"))).containsExactly(0, 1, 0);
  }

  @Test
  void booleansAndWholeNumbersMayBeCategories() {
    assertThat(fit(Feature.categorical("night")).inputs())
        .containsExactly("night=false", "night=true");
    assertThat(fit(Feature.categorical("hour")).encode(Map.of("hour", 18.0)))
        .containsExactly(0, 0, 1, 0);
  }

  @Test
  void cyclesClose() {
    Features features = fit(Feature.cyclic("hour", 24));

    assertThat(features.encode(Map.of("hour", 6)))
        .containsExactly(new float[] {1, 0}, within(1e-6f));
    assertThat(features.encode(Map.of("hour", 24))).isEqualTo(features.encode(Map.of("hour", 0)));
    assertThat(features.encode(Map.of("hour", -6)))
        .containsExactly(new float[] {-1, 0}, within(1e-6f));
  }

  @Test
  void timesAreCyclesOfDayWeekAndYear() {
    Features features = fit(Feature.time("at"));

    assertThat(features.inputs())
        .containsExactly(
            "at.day.sin",
            "at.day.cos",
            "at.week.sin",
            "at.week.cos",
            "at.year.sin",
            "at.year.cos",
            "at.missing");
    float[] encoded = features.encode(Map.of("at", "2024-01-01T06:00:00Z"));
    assertThat(encoded[0]).isCloseTo(1, within(1e-6f));
    assertThat(encoded[2]).isCloseTo((float) Math.sin(2 * Math.PI / 28), within(1e-6f));
    assertThat(encoded[4]).isCloseTo((float) Math.sin(2 * Math.PI / 4 / 366), within(1e-6f));
    assertThat(features.encode(Map.of("at", "2024-01-01 08:00:00+02:00"))).isEqualTo(encoded);
    assertThat(features.encode(missing("at"))).containsExactly(0, 0, 0, 0, 0, 0, 1);
    assertThat(fit(Feature.time("day")).inputs()).doesNotContain("day.day.sin").hasSize(5);
  }

  @Test
  void rowsAndColumnsGiveTheSameNumbers() {
    Features features =
        fit(
            Feature.numeric("distance"),
            Feature.categorical("carrier"),
            Feature.cyclic("hour", 24),
            Feature.time("at"),
            Feature.time("day"),
            Feature.categorical("night"),
            Feature.numeric("same"));
    EncodedRows encoded = EncodedRows.of(features, TRAINING);
    int[] order = {2, 0, 3, 1};
    float[] batch = new float[4 * features.width()];
    encoded.write(order, 0, 4, batch);

    for (int i = 0; i < order.length; i++) {
      float[] row = features.encode(features.row(TRAINING, order[i]));
      assertThat(IntStream.range(0, row.length).mapToObj(j -> row[j]).toList())
          .as("row %d", order[i])
          .isEqualTo(slice(batch, i * features.width(), features.width()));
    }
  }

  @Test
  void survivesStorage() {
    Features features =
        fit(
            Feature.numeric("distance"),
            Feature.categorical("carrier"),
            Feature.cyclic("hour", 24),
            Feature.time("at"));

    assertThat(Contract.read(Contract.write(features), Features.class)).isEqualTo(features);
  }

  @Test
  void rowThatDoesNotFitIsRefusedByName() {
    Features features =
        fit(Feature.numeric("distance"), Feature.categorical("carrier"), Feature.time("at"));
    Map<String, Object> good = new HashMap<>();
    good.put("distance", 2);
    good.put("carrier", "UA");
    good.put("at", "2024-01-01");

    assertThat(features.encode(good)).hasSize(features.width());
    assertRefused(
        features, good, "distance", "far", "column distance: \"far\" is not a finite number");
    assertRefused(
        features,
        good,
        "distance",
        "12.6",
        "column distance: \"12.6\" is not a finite number, but a string: write it without quotes");
    assertRefused(
        features, good, "distance", Double.NaN, "column distance: NaN is not a finite number");
    assertRefused(features, good, "carrier", 3, "column carrier: 3 is not a string");
    assertRefused(features, good, "at", "soon", "column at: \"soon\" is not a time such as");
    assertRefused(features, good, "at", "2024-02-30", "column at: \"2024-02-30\" is not a time");
    assertRefused(
        features, good, "hour", 3, "column hour is unknown; the model takes at, carrier, distance");
    good.remove("at");
    assertThatThrownBy(() -> features.encode(good))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("no value for at; send null where a value is missing");
  }

  @Test
  void wholeNumbersAreWhole() {
    Features features = fit(Feature.cyclic("hour", 24));

    assertRefused(
        features, Map.of(), "hour", 1.5, "column hour: 1.5 is not a whole number of 64 bits");
    assertRefused(features, Map.of(), "hour", "6", "column hour: \"6\" is not a whole number");
    assertRefused(features, Map.of(), "hour", true, "column hour: true is not a whole number");
  }

  @Test
  void notANumberInTrainingIsRefusedWithItsPlace() {
    Table table = Tables.table().with("wind", Type.DOUBLE, 1.0, Double.NaN).build();

    assertThatThrownBy(() -> Features.fit(List.of(Feature.numeric("wind")), table))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("column wind: NaN is not a finite number (row 1 of the split");
  }

  @Test
  void featureThatItsColumnCannotBeIsRefused() {
    assertUnfit(
        "column carrier is VARCHAR and cannot be encoded as numeric", Feature.numeric("carrier"));
    assertUnfit("column at is TIMESTAMP and cannot be encoded as cyclic", Feature.cyclic("at", 7));
    assertUnfit("column distance is DOUBLE and cannot be", Feature.categorical("distance"));
    assertUnfit("column hour is INTEGER and cannot be encoded as time", Feature.time("hour"));
    assertUnfit("feature: no column", Feature.numeric("speed"));
    assertUnfit("column hour is a feature twice", Feature.numeric("hour"), Feature.numeric("hour"));
    assertUnfit("the model has no features");
  }

  @Test
  void columnOfIdentifiersIsNoCategory() {
    Object[] names = IntStream.range(0, 10_001).mapToObj(i -> "N" + i).toArray();
    Table table = Tables.table().with("tail", Type.VARCHAR, names).build();

    assertThatThrownBy(() -> Features.fit(List.of(Feature.categorical("tail")), table))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("column tail has 10,001 values");
  }

  private static void assertUnfit(String message, Feature... features) {
    assertThatThrownBy(() -> fit(features))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining(message);
  }

  private static void assertRefused(
      Features features, Map<String, Object> row, String column, Object value, String message) {
    Map<String, Object> changed = new HashMap<>(row);
    changed.put(column, value);
    assertThatThrownBy(() -> features.encode(changed))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageStartingWith(message);
  }

  private static Map<String, Object> missing(String column) {
    Map<String, Object> row = new HashMap<>();
    row.put(column, null);
    return row;
  }

  private static List<Float> slice(float[] values, int from, int length) {
    return IntStream.range(from, from + length).mapToObj(i -> values[i]).toList();
  }
}
