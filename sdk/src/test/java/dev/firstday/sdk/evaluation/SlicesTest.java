package dev.firstday.sdk.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.data.Tables;
import dev.firstday.sdk.evaluation.Slices.Slice;
import dev.firstday.sdk.model.Task;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Against NumPy and SciPy, on rows and answers as in {@link DetailsTest}:
 *
 * <pre>
 * l = -np.log(np.where(y, s, 1 - s))[rows]; norm.ppf(1 - .025 / looks) * l.std(ddof=1) / len(l)**.5
 * </pre>
 */
class SlicesTest {
  private static final Task LATE = new Task.Binary("late");
  private static final int ROWS = 400;
  private static final double[] LABELS =
      IntStream.range(0, ROWS)
          .mapToDouble(i -> i * 53 % 97 / 97.0 < i * 37 % 101 / 101.0 ? 1 : 0)
          .toArray();
  private static final double[][] ANSWERS =
      IntStream.range(0, ROWS)
          .mapToObj(i -> new double[] {i * 37 % 101 / 101.0})
          .toArray(double[][]::new);
  private static final Table TABLE =
      Tables.table()
          .with("carrier", Type.VARCHAR, each(i -> List.of("a", "b", "c", "d").get(i % 4)))
          .with("number", Type.DOUBLE, each(i -> i == 7 ? null : (double) i))
          .with("three", Type.INTEGER, each(i -> i % 3))
          .with("key", Type.VARCHAR, each(i -> "k" + (i < 300 ? i : 0)))
          .build();

  @Test
  void declaredSlicesAreMeasuredEach() {
    Map<String, List<Double>> declared = new LinkedHashMap<>();
    declared.put("carrier", List.of());
    declared.put("number", List.of(0.0, 100.0));

    List<Slice> slices = slices(declared, List.of()).declared();

    assertThat(slices)
        .extracting(Slice::column, Slice::value, Slice::rows)
        .containsExactly(
            tuple("carrier", "a", 100),
            tuple("carrier", "b", 100),
            tuple("carrier", "c", 100),
            tuple("carrier", "d", 100),
            tuple("number", "from 0 to below 100", 99),
            tuple("number", "from 100", 300),
            tuple("number", "(missing)", 1));
    assertSlice(
        slices.get(0), 0.5201518943, 0.4174481181, 0.6228556706, 0.6931596807, 0.5, 0.4946534663);
    assertSlice(
        slices.get(5),
        0.5048625588,
        0.4464994361,
        0.5632256815,
        0.6931263471,
        151 / 300.0,
        0.4943234333);
    assertThat(slices.get(6).lower()).as("of a single row").isNull();
  }

  @Test
  void worstAreFoundWithIntervalsThatAreWideEnoughForAllThatWereLookedAt() {
    Slices slices = slices(Map.of(), List.of("three", "key"));

    assertThat(slices.looked()).as("key k0 has 101 rows").isEqualTo(4);
    assertThat(slices.leastRows()).isEqualTo(20);
    assertThat(slices.whole()).isCloseTo(0.523520545011316, within(1e-9));
    assertThat(slices.worst())
        .allMatch(slice -> slice.score() > slices.whole())
        .isSortedAccordingTo((one, other) -> other.lower().compareTo(one.lower()));
    Slice alone = slices(Map.of("three", List.of()), List.of()).declared().get(1);
    Slice found = byValue(slices(Map.of(), List.of("three", "key", "carrier")).worst(), alone);
    assertThat(found.rows()).isEqualTo(alone.rows());
    // norm.ppf(1 - .025 / 8) / norm.ppf(1 - .025)
    assertThat((found.upper() - found.lower()) / (alone.upper() - alone.lower()))
        .isCloseTo(1.3951117510839632, within(1e-9));
  }

  @Test
  void partThatIsHardForTheModelIsFoundFirst() {
    double[][] answers = ANSWERS.clone();
    for (int i = 2; i < ROWS; i += 4) {
      answers[i] = new double[] {1 - 0.999 * LABELS[i]};
    }

    Slices slices = slices(LATE, MetricName.LOG_LOSS, answers, LABELS, Map.of(), inputs());

    assertThat(slices.worst().get(0).value()).isEqualTo("c");
    assertThat(slices.worst().get(0).lower()).isGreaterThan(slices.whole());
  }

  @Test
  void rareValuesOfADeclaredColumnAreTakenTogether() {
    List<Slice> slices = slices(Map.of("key", List.of()), List.of()).declared();

    assertThat(slices).hasSize(20);
    assertThat(slices.get(0).value()).isEqualTo("k0");
    assertThat(slices.get(0).rows()).isEqualTo(101);
    assertThat(slices.get(19).value()).isEqualTo("(others)");
    assertThat(slices.get(19).rows()).isEqualTo(400 - 101 - 18);
  }

  @Test
  void errorsOfNumbersAreInTheLabelsUnit() {
    double[][] answers = {{1}, {2}, {3}, {4}};
    double[] labels = {2, 2, 6, 8};
    Table table = Tables.table().with("b", Type.BOOLEAN, true, true, false, false).build();
    Task task = new Task.Regression("delay", 0, 1);
    Map<String, List<Double>> declared = Map.of("b", List.of());

    Slice no = slices(task, MetricName.RMSE, answers, labels, table, declared).declared().get(0);
    Slice no2 = slices(task, MetricName.MAE, answers, labels, table, declared).declared().get(0);

    assertThat(no.value()).isEqualTo("false");
    assertThat(no.score()).isCloseTo(Math.sqrt((9 + 16) / 2.0), within(1e-12));
    // the mean of 2, 2, 6 and 8 is 4.5
    assertThat(no.baseline()).isCloseTo(Math.sqrt((1.5 * 1.5 + 3.5 * 3.5) / 2), within(1e-12));
    assertThat(no.observed()).isEqualTo(7);
    assertThat(no.predicted()).isEqualTo(3.5);
    assertThat(no2.score()).isEqualTo(3.5);
  }

  @Test
  void numbersAndTimesHaveQuarters() {
    Table table =
        Tables.table()
            .with("n", Type.DOUBLE, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.25)
            .with("zero", Type.DOUBLE, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 9.0)
            .with(
                "day",
                Type.DATE,
                IntStream.rangeClosed(1, 8)
                    .mapToObj(d -> LocalDateTime.of(2026, 1, d, 0, 0))
                    .toArray())
            .build();

    assertThat(Bands.of(table.column("n"), 8, null).names())
        .containsExactly(
            "below 3", "from 3 to below 5", "from 5 to below 7", "from 7", "(missing)");
    assertThat(Bands.of(table.column("n"), 8, null).bandOf())
        .containsExactly(0, 0, 1, 1, 2, 2, 3, 3);
    assertThat(Bands.of(table.column("zero"), 8, null).names()).containsExactly("any", "(missing)");
    assertThat(Bands.of(table.column("day"), 8, null).names())
        .startsWith("below 2026-01-03", "from 2026-01-03 to below 2026-01-05");
  }

  private static void assertSlice(Slice slice, double... expected) {
    assertThat(
            new double[] {
              slice.score(),
              slice.lower(),
              slice.upper(),
              slice.baseline(),
              slice.observed(),
              slice.predicted()
            })
        .containsExactly(expected, within(1e-6));
  }

  private static Slice byValue(List<Slice> slices, Slice like) {
    return slices.stream()
        .filter(s -> s.column().equals(like.column()) && s.value().equals(like.value()))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> inputs() {
    return List.of("carrier", "number", "three");
  }

  private static Object[] each(IntFunction<Object> value) {
    return IntStream.range(0, ROWS).mapToObj(value).toArray();
  }

  private static Slices slices(Map<String, List<Double>> declared, List<String> inputs) {
    return slices(LATE, MetricName.LOG_LOSS, ANSWERS, LABELS, declared, inputs);
  }

  private static Slices slices(
      Task task,
      MetricName metric,
      double[][] answers,
      double[] labels,
      Map<String, List<Double>> declared,
      List<String> inputs) {
    return Slices.of(scored(task, metric, answers, labels), TABLE, declared, inputs);
  }

  private static Slices slices(
      Task task,
      MetricName metric,
      double[][] answers,
      double[] labels,
      Table table,
      Map<String, List<Double>> declared) {
    return Slices.of(scored(task, metric, answers, labels), table, declared, List.of());
  }

  private static Slices.Scored scored(
      Task task, MetricName metric, double[][] answers, double[] labels) {
    return Slices.Scored.of(
        task, metric, answers, labels, Baseline.fit(task, labels, metric == MetricName.MAE));
  }
}
