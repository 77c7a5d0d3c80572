package dev.firstday.sdk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.api.Network.Loss;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.data.Tables;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelsTest {
  private static final List<Column> LATE_AND_FULL =
      List.of(
          new Column("late", Type.BOOLEAN, Role.LABEL, null),
          new Column("full", Type.BOOLEAN, Role.LABEL, null));

  @Test
  void booleanIsYesOrNo() {
    Table table = label(Type.BOOLEAN, true, false, true);
    Task task = Labels.task(List.of(column(Type.BOOLEAN)), Loss.BINARY_CROSS_ENTROPY, table);

    assertThat(task).isEqualTo(new Task.Binary("y"));
    assertThat(Labels.values(task, table, "training")).containsExactly(1, 0, 1);
  }

  @Test
  void textsAreClassesInTheirOrder() {
    Table table = label(Type.VARCHAR, "b", "a", "c", "a");
    Task task = Labels.task(List.of(column(Type.VARCHAR)), Loss.CATEGORICAL_CROSS_ENTROPY, table);

    assertThat(task).isEqualTo(new Task.Classes("y", List.of("a", "b", "c")));
    assertThat(Labels.values(task, table, "training")).containsExactly(1, 0, 2, 0);
  }

  @Test
  void wholeNumbersAreClassesIfTheLossSaysSo() {
    Table table = label(Type.INTEGER, 10, 2, 10);

    assertThat(Labels.task(List.of(column(Type.INTEGER)), Loss.CATEGORICAL_CROSS_ENTROPY, table))
        .isEqualTo(new Task.Classes("y", List.of("2", "10")));
    assertThat(Labels.task(List.of(column(Type.INTEGER)), Loss.MEAN_SQUARED_ERROR, table))
        .isInstanceOf(Task.Regression.class);
  }

  @Test
  void numbersKnowMeanAndDeviation() {
    Table table = label(Type.DOUBLE, 1.0, 3.0);
    Task.Regression task =
        (Task.Regression)
            Labels.task(List.of(column(Type.DOUBLE)), Loss.MEAN_ABSOLUTE_ERROR, table);

    assertThat(task.mean()).isEqualTo(2);
    assertThat(task.deviation()).isCloseTo(1, within(1e-12));
  }

  @Test
  void severalLabelsAreASetAsANumber() {
    Table table =
        Tables.table()
            .with("late", Type.BOOLEAN, true, false, true)
            .with("full", Type.BOOLEAN, false, false, true)
            .build();
    Task task = Labels.task(LATE_AND_FULL, Loss.BINARY_CROSS_ENTROPY, table);

    assertThat(task).isEqualTo(new Task.MultiLabel(List.of("late", "full")));
    assertThat(task.outputs()).isEqualTo(2);
    assertThat(Labels.values(task, table, "training")).containsExactly(0b01, 0, 0b11);
    assertThat(Task.MultiLabel.has(0b10, 1)).isTrue();
    assertThat(Task.MultiLabel.has(0b10, 0)).isFalse();
    assertThat(Contract.read(Contract.write(task), Task.class)).isEqualTo(task);
  }

  /** The most that there may be; the last one is not lost to rounding. */
  @Test
  void aSetOfFiftyLabelsIsExact() {
    Tables tables = Tables.table();
    List<Column> labels = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      tables.with("y" + i, Type.BOOLEAN, i % 2 == 0, true, false);
      labels.add(new Column("y" + i, Type.BOOLEAN, Role.LABEL, null));
    }
    Table table = tables.build();
    Task task = Labels.task(labels, Loss.BINARY_CROSS_ENTROPY, table);

    double[] sets = Labels.values(task, table, "training");
    for (int i = 0; i < 50; i++) {
      assertThat(Task.MultiLabel.has(sets[0], i)).isEqualTo(i % 2 == 0);
      assertThat(Task.MultiLabel.has(sets[1], i)).isTrue();
      assertThat(Task.MultiLabel.has(sets[2], i)).isFalse();
    }
  }

  @Test
  void eachOfSeveralLabelsHasToTeachSomething() {
    assertFails(
        () ->
            Labels.task(
                LATE_AND_FULL,
                Loss.BINARY_CROSS_ENTROPY,
                Tables.table()
                    .with("late", Type.BOOLEAN, true, false)
                    .with("full", Type.BOOLEAN, true, true)
                    .build()),
        "LabelConstant",
        "label full is 1.0 in every row of the training split");
    assertFails(
        () ->
            Labels.task(
                LATE_AND_FULL,
                Loss.BINARY_CROSS_ENTROPY,
                Tables.table()
                    .with("late", Type.BOOLEAN, true, false)
                    .with("full", Type.BOOLEAN, true, null)
                    .build()),
        "LabelMissing",
        "label full is missing in 1 rows of the training split");
  }

  @Test
  void severalLabelsAreYesOrNoEach() {
    assertThat(Losses.of(LATE_AND_FULL)).isEqualTo(Loss.BINARY_CROSS_ENTROPY);
    assertFails(
        () -> Losses.checked(LATE_AND_FULL, Loss.CATEGORICAL_CROSS_ENTROPY),
        "LossDoesNotFit",
        "spec.network.loss: categoricalCrossEntropy does not go with several labels; use");
    assertFails(
        () -> Losses.of(List.of(column(Type.BOOLEAN), column(Type.VARCHAR))),
        "LabelInvalid",
        "label y is a VARCHAR, and of several labels each is a BOOLEAN: cast it");
  }

  @Test
  void labelsThatTeachNothingAreRefused() {
    assertFails(
        () ->
            Labels.task(
                List.of(column(Type.BOOLEAN)),
                Loss.BINARY_CROSS_ENTROPY,
                label(Type.BOOLEAN, true, true)),
        "LabelConstant",
        "label y is 1.0 in every row of the training split");
    assertFails(
        () ->
            Labels.task(
                List.of(column(Type.VARCHAR)),
                Loss.CATEGORICAL_CROSS_ENTROPY,
                label(Type.VARCHAR, "a", "a")),
        "LabelConstant",
        "label y is a in every row");
    assertFails(
        () ->
            Labels.task(List.of(column(Type.DOUBLE)), Loss.MEAN_SQUARED_ERROR, label(Type.DOUBLE)),
        "SplitEmpty",
        "the training split has no rows");
    assertFails(
        () ->
            Labels.task(
                List.of(column(Type.DOUBLE)),
                Loss.MEAN_SQUARED_ERROR,
                label(Type.DOUBLE, 1.0, null)),
        "LabelMissing",
        "label y is missing in 1 rows of the training split");
    assertFails(
        () ->
            Labels.task(
                List.of(column(Type.DOUBLE)),
                Loss.MEAN_SQUARED_ERROR,
                label(Type.DOUBLE, 1.0, Double.NaN)),
        "LabelInvalid",
        "label y is NaN in row 1 of the training split");
  }

  @Test
  void classThatTrainingNeverSawIsRefused() {
    Task task = new Task.Classes("y", List.of("a", "b"));

    assertFails(
        () -> Labels.values(task, label(Type.VARCHAR, "a", "z"), "validation"),
        "LabelUnseen",
        "label y is 'z' in row 1 of the validation split and never in training");
  }

  @ParameterizedTest
  @CsvSource({
    "BOOLEAN, BINARY_CROSS_ENTROPY",
    "VARCHAR, CATEGORICAL_CROSS_ENTROPY",
    "INTEGER, MEAN_SQUARED_ERROR",
    "DOUBLE, MEAN_SQUARED_ERROR",
  })
  void lossFollowsFromTheLabel(Type type, Loss loss) {
    assertThat(Losses.of(List.of(column(type)))).isEqualTo(loss);
  }

  @Test
  void lossThatDoesNotGoWithTheLabelIsAMistakeInTheSpec() {
    assertThatThrownBy(() -> Losses.checked(List.of(column(Type.BOOLEAN)), Loss.MEAN_SQUARED_ERROR))
        .isInstanceOfSatisfying(
            RunFailure.class, e -> assertThat(e.cure()).isEqualTo(Cure.FIX_SPEC))
        .hasMessage(
            "spec.network.loss: meanSquaredError does not go with the BOOLEAN label y; use"
                + " binaryCrossEntropy");
    assertFails(
        () -> Losses.of(List.of(column(Type.DATE))),
        "LabelInvalid",
        "label y is a DATE, which cannot be");
  }

  private static Column column(Type type) {
    return new Column("y", type, Role.LABEL, null);
  }

  private static Table label(Type type, Object... values) {
    return Tables.table().with("y", type, values).build();
  }

  private static void assertFails(ThrowingCallable call, String reason, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(RunFailure.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageStartingWith(message);
  }
}
