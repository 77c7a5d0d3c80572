package dev.firstday.sdk.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.firstday.api.Network.Loss;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.contract.LabelLosses;
import java.util.List;
import java.util.Set;

/** What is predicted; it follows from the label. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "task")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Task.Binary.class, name = "binary"),
  @JsonSubTypes.Type(value = Task.Classes.class, name = "classes"),
  @JsonSubTypes.Type(value = Task.Regression.class, name = "regression")
})
public sealed interface Task {
  /** The data set's column that is predicted. */
  String label();

  /** Outputs of the network, and numbers in one answer. */
  int outputs();

  /** What a model of this task is measured by. */
  Set<MetricName> metrics();

  /** Yes or no: the answer is the probability of yes. */
  record Binary(String label) implements Task {
    @Override
    public int outputs() {
      return 1;
    }

    @Override
    public Set<MetricName> metrics() {
      return LabelLosses.metrics(Loss.BINARY_CROSS_ENTROPY);
    }
  }

  /**
   * One of several: the answer is a probability for each class.
   *
   * @param classes as text, in the order of the outputs
   */
  record Classes(String label, List<String> classes) implements Task {
    public Classes {
      classes = List.copyOf(classes);
    }

    @Override
    public int outputs() {
      return classes.size();
    }

    @Override
    public Set<MetricName> metrics() {
      return LabelLosses.metrics(Loss.CATEGORICAL_CROSS_ENTROPY);
    }
  }

  /**
   * A number. The network learns (label - mean) / deviation; answers are in the label's own unit.
   *
   * @param mean of the label in training
   * @param deviation of the label in training
   */
  record Regression(String label, double mean, double deviation) implements Task {
    @Override
    public int outputs() {
      return 1;
    }

    @Override
    public Set<MetricName> metrics() {
      return LabelLosses.metrics(Loss.MEAN_SQUARED_ERROR);
    }
  }
}
