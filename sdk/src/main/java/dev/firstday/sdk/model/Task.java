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
  @JsonSubTypes.Type(value = Task.MultiLabel.class, name = "multiLabel"),
  @JsonSubTypes.Type(value = Task.Regression.class, name = "regression")
})
public sealed interface Task {
  /** The name of what is predicted: the data set's column, or what stands for several. */
  String label();

  /** The data set's columns that are predicted. */
  default List<String> labels() {
    return List.of(label());
  }

  /** What is predicted, in a message. */
  default String words() {
    return "the label " + label();
  }

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
   * Several labels, each yes or no for itself: the answer is a probability of yes for each.
   *
   * <p>Which of them a row has is a set; as the label of a row it is one number, as in every other
   * task, whose bits are the labels, the first one the lowest.
   *
   * @param labels the columns, in the order of the outputs
   */
  record MultiLabel(List<String> labels) implements Task {
    /** What stands for all of them. */
    public static final String NAME = "labels";

    public MultiLabel {
      labels = List.copyOf(labels);
      if (labels.size() < 2 || labels.size() > LabelLosses.MOST_LABELS) {
        throw new IllegalArgumentException(
            "2 to %d labels, not %d".formatted(LabelLosses.MOST_LABELS, labels.size()));
      }
    }

    /** Whether a row's set has the label at that place. */
    public static boolean has(double set, int place) {
      return ((long) set >> place & 1) == 1;
    }

    @Override
    public String label() {
      return NAME;
    }

    @Override
    public String words() {
      return "the %d labels".formatted(labels.size());
    }

    @Override
    public int outputs() {
      return labels.size();
    }

    @Override
    public Set<MetricName> metrics() {
      return LabelLosses.metricsOfSeveral();
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
