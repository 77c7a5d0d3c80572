package dev.firstday.sdk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.firstday.api.ClassWeights;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowWeightsTest {
  private static final ClassWeights BALANCED = new ClassWeights(true, null);
  private static final Task LATE = new Task.Binary("late");
  private static final Task KIND = new Task.Classes("kind", List.of("high", "low", "middle"));

  /** What scikit-learn's compute_class_weight('balanced', ...) gives. */
  @Test
  void balancedClassesCountAlike() {
    assertThat(RowWeights.byClass(BALANCED, LATE, new double[] {0, 0, 0, 1}))
        .containsExactly(new float[] {2f / 3, 2}, within(1e-6f));
    assertThat(RowWeights.byClass(BALANCED, KIND, new double[] {0, 1, 1, 2, 2, 2}))
        .containsExactly(new float[] {2, 1, 2f / 3}, within(1e-6f));
  }

  @Test
  void namedClassesCountAsIsSaidAndOthersOnce() {
    assertThat(RowWeights.byClass(weights("true", 3.5), LATE, new double[] {0, 1}))
        .containsExactly(1, 3.5f);
    assertThat(RowWeights.byClass(weights("low", 0.5), KIND, new double[] {0, 1, 2}))
        .containsExactly(1, 0.5f, 1);
    assertThat(RowWeights.byClass(null, KIND, new double[] {0, 1, 2})).isEmpty();
  }

  @Test
  void weightsThatDoNotFitTheLabelAreRefused() {
    assertInvalid(
        weights("mid", 2.0),
        KIND,
        "spec.classWeights: the label kind is never 'mid' in training; it is high, low, middle");
    assertInvalid(
        weights("True", 2.0),
        LATE,
        "spec.classWeights: the label late is never 'True' (did you mean true?) in training; it is false, true");
    assertInvalid(
        weights("true", 0.0),
        LATE,
        "spec.classWeights: the weight of class 'true' is 0.0, and must be greater than 0");
  }

  private static ClassWeights weights(String name, double weight) {
    return new ClassWeights(null, Map.of(name, weight));
  }

  private static void assertInvalid(ClassWeights declared, Task task, String message) {
    assertThatThrownBy(() -> RowWeights.byClass(declared, task, new double[] {0, 1}))
        .isInstanceOfSatisfying(
            RunFailure.class,
            e -> {
              assertThat(e.reason()).isEqualTo("ClassWeightsInvalid");
              assertThat(e.cure()).isEqualTo(Cure.FIX_SPEC);
            })
        .hasMessage(message);
  }
}
