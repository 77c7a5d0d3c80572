package dev.firstday.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.api.TrainingJobSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Specs as a user writes them, beside columns that they do or do not fit. */
class TrainingRulesTest {
  private static final String GATE = "\"gates\": [{\"metric\": \"logLoss\", \"mustBeAtMost\": 1}]";

  @Test
  void severalLabelsHaveMetricsOfTheirOwnAndNoClassWeights() {
    List<Column> columns =
        List.of(
            new Column("late", Type.BOOLEAN, Role.LABEL, null),
            new Column("full", Type.BOOLEAN, Role.LABEL, null),
            new Column("hour", Type.INTEGER, Role.FEATURE, null));

    assertThat(problem("\"network\": {}, \"gates\": [{\"metric\": \"macroAuc\"}]", columns))
        .isEmpty();
    assertThat(problem("\"network\": {}, \"gates\": [{\"metric\": \"auc\"}]", columns))
        .contains(
            new Problem(
                "MetricNotAvailable",
                "spec.gates[0].metric: auc does not exist for the 2 labels, which have logLoss, macroAuc, macroF1, microF1, hammingLoss, subsetAccuracy"));
    assertThat(problem("\"network\": {}, \"classWeights\": {\"balanced\": true}, " + GATE, columns))
        .get()
        .extracting(Problem::reason)
        .isEqualTo("ClassWeightsInvalid");
    assertThat(problem("\"network\": {\"loss\": \"meanSquaredError\"}, " + GATE, columns))
        .get()
        .extracting(Problem::reason)
        .isEqualTo("LossDoesNotFit");
  }

  private static Optional<Problem> problem(String spec, List<Column> columns) {
    return TrainingRules.of(Contract.read("{" + spec + "}", TrainingJobSpec.class))
        .problem(columns, 1000L);
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        wrong(
            "\"network\": {\"loss\": \"meanSquaredError\"}, " + GATE,
            "LossDoesNotFit",
            "spec.network.loss: meanSquaredError does not go with the BOOLEAN label late; use binaryCrossEntropy"),
        wrong(
            "\"network\": {}, \"gates\": [{\"metric\": \"auc\"}, {\"metric\": \"rmse\"}]",
            "MetricNotAvailable",
            "spec.gates[1].metric: rmse does not exist for the label late, which has logLoss, auc, accuracy, brier"),
        wrong(
            "\"network\": {}, \"earlyStopping\": {\"patience\": 1, \"metric\": \"r2\"}, " + GATE,
            "MetricNotAvailable",
            "spec.earlyStopping.metric: r2 does not exist for the label late, which has logLoss, auc, accuracy, brier"),
        wrong(
            "\"network\": {}, \"classWeights\": {\"weights\": {\"yes\": 2}}, " + GATE,
            "ClassWeightsInvalid",
            "spec.classWeights: the BOOLEAN label late has no class 'yes'; it is false, true"),
        wrong(
            "\"network\": {}, \"features\": [{\"column\": \"carier\", \"encoding\": \"none\"}], "
                + GATE,
            "FeatureInvalid",
            "spec.features[0]: the data set has no column carier with role feature or eventTime (did you mean"
                + " carrier?); it has carrier, d1, d2, day, hour"),
        wrong(
            "\"network\": {}, \"features\": [{\"column\": \"id\", \"encoding\": \"numeric\"}], "
                + GATE,
            "FeatureInvalid",
            "spec.features[0]: the data set has no column id with role feature or eventTime; it has carrier, d1,"
                + " d2, day, hour"),
        wrong(
            "\"network\": {}, \"features\": [{\"column\": \"hour\", \"encoding\": \"none\"}, {\"column\": \"hour\", \"encoding\": \"none\"}], "
                + GATE,
            "FeatureInvalid",
            "spec.features[1]: column hour is named twice; name it once"),
        wrong(
            "\"network\": {}, \"features\": [{\"column\": \"hour\", \"encoding\": \"embedding\", \"size\": 2}], "
                + GATE,
            "FeatureInvalid",
            "spec.features[0]: column hour is DOUBLE and cannot be encoded as embedding, which takes [BOOLEAN,"
                + " INTEGER, BIGINT, VARCHAR]"),
        wrong(
            "\"network\": {}, \"features\": ["
                + String.join(
                    ", ",
                    Stream.of("carrier", "hour", "d1", "d2")
                        .map(c -> "{\"column\": \"" + c + "\", \"encoding\": \"none\"}")
                        .toList())
                + "], "
                + GATE,
            "FeatureInvalid",
            "spec.features: encoding none leaves no input to learn from; leave it out for a column"),
        wrong(
            sequence("\"d1\", \"d3\"", "{\"type\": \"lstm\", \"units\": 4}"),
            "FeatureInvalid",
            "spec.network.sequence[0].columns[1]: the data set has no column d3 with role feature or eventTime (did"
                + " you mean d1?); it has carrier, d1, d2, day, hour"),
        wrong(
            sequence("\"d1\", \"d1\"", "{\"type\": \"lstm\", \"units\": 4}"),
            "FeatureInvalid",
            "spec.network.sequence[0].columns[1]: column d1 is named twice; name it once"),
        wrong(
            sequence("\"d1\", \"carrier\"", "{\"type\": \"lstm\", \"units\": 4}"),
            "FeatureInvalid",
            "spec.network.sequence[0].columns[1]: column carrier is VARCHAR and cannot be encoded as numeric, which"
                + " takes [BOOLEAN, INTEGER, BIGINT, DOUBLE]"),
        wrong(
            sequence("\"d1\", \"d2\"", "{\"units\": 4}, {\"type\": \"conv1d\", \"units\": 4}"),
            "NetworkInvalid",
            "spec.network.layers[1]: a layer of type conv1d stands behind a dense one, which leaves no sequence to"
                + " read; put it before"),
        wrong(
            "\"network\": {}, \"batchSize\": 1001, " + GATE,
            "BatchTooLarge",
            "spec.batchSize: a step takes 1,001 rows and the training split has 1,000; set at most that"));
  }

  private static Arguments wrong(String spec, String reason, String message) {
    return Arguments.of(spec, new Problem(reason, message));
  }

  private static String sequence(String columns, String layers) {
    return "\"network\": {\"sequence\": [{\"columns\": [%s]}], \"layers\": [%s]}, %s"
        .formatted(columns, layers, GATE);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void saysWhatIsWrongWhereAndTheCure(String spec, Problem expected) {
    assertThat(problem(spec, Type.BOOLEAN)).contains(expected);
  }

  @Test
  void hasNothingToSayOfWhatFits() {
    assertThat(
            problem(
                """
                "features": [{"column": "carrier", "encoding": "embedding", "size": 2},
                             {"column": "day", "encoding": "time"},
                             {"column": "hour", "encoding": "cyclic", "period": 24}],
                "network": {"sequence": [{"columns": ["d1", "d2"]}],
                            "layers": [{"type": "conv1d", "units": 4}, {"type": "lstm", "units": 4}, {"units": 4}]},
                "classWeights": {"weights": {"true": 3}},
                "earlyStopping": {"patience": 2, "metric": "auc"},
                "batchSize": 1000,
                """
                    + GATE,
                Type.BOOLEAN))
        .isEmpty();
    assertThat(problem("\"code\": {}, " + GATE, Type.VARCHAR)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "BOOLEAN, logLoss,",
    "VARCHAR, logLoss,",
    "BIGINT, rmse, ClassWeightsInvalid",
    "DOUBLE, rmse, ClassWeightsInvalid",
    "DATE, rmse, LabelInvalid"
  })
  void weightsAreForClasses(Type label, String metric, String reason) {
    assertThat(
            problem(
                    "\"network\": {}, \"classWeights\": {\"balanced\": true}, "
                        + GATE.replace("logLoss", metric),
                    label)
                .map(Problem::reason))
        .isEqualTo(Optional.ofNullable(reason));
  }

  private static Optional<Problem> problem(String spec, Type label) {
    List<Column> columns =
        List.of(
            new Column("id", Type.BIGINT, Role.KEY, null),
            new Column("day", Type.DATE, Role.EVENT_TIME, null),
            new Column("carrier", Type.VARCHAR, null, null),
            new Column("hour", Type.DOUBLE, null, null),
            new Column("d1", Type.DOUBLE, null, null),
            new Column("d2", Type.INTEGER, null, null),
            new Column("late", label, Role.LABEL, null));
    return problem(spec, columns);
  }
}
