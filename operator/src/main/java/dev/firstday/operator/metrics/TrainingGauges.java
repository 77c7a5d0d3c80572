package dev.firstday.operator.metrics;

import dev.firstday.api.MetricValue;
import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobSpec.Gate;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.api.TrainingJobStatus.Result;
import dev.firstday.api.TrainingProgress;
import dev.firstday.operator.metrics.Subject.Label;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a training job's status says: how far a run has come, and what the last one gave. */
final class TrainingGauges {
  private TrainingGauges() {}

  static void tell(Subject subject, TrainingJob training) {
    if (training.getStatus().progress() != null) {
      progress(subject, training.getStatus().progress());
    }
    Result result = training.getStatus().result();
    if (result == null || result.metrics() == null) {
      return;
    }
    List<Gate> gates = training.getSpec().gates();
    Set<MetricName> gated =
        gates == null ? Set.of() : gates.stream().map(Gate::metric).collect(Collectors.toSet());
    result.metrics().forEach(metric -> metric(subject, metric, gated.contains(metric.name())));
  }

  private static void metric(Subject subject, MetricValue metric, boolean gated) {
    Label name = new Label("metric", metric.name().name().toLowerCase(Locale.ROOT));
    subject.tell(
        "firstday_training_metric",
        "Metric of the last run on the validation split.",
        metric.value(),
        name);
    subject.tell(
        "firstday_training_baseline_metric",
        "The same metric of the best constant.",
        metric.baseline(),
        name);
    subject.tell(
        "firstday_training_linear_metric",
        "The same metric of a linear model.",
        metric.linear(),
        name);
    // of a metric that nobody gates on, a constant may well be the best that there is
    if (gated && metric.value() != null && metric.baseline() != null) {
      subject.tell(
          "firstday_training_beats_baseline",
          "1 when the last run was better than the best constant, 0 when not; of metrics with a gate.",
          beats(metric) ? 1 : 0,
          name);
    }
  }

  private static boolean beats(MetricValue metric) {
    return metric.name().greaterIsBetter()
        ? metric.value() > metric.baseline()
        : metric.value() < metric.baseline();
  }

  private static void progress(Subject subject, TrainingProgress progress) {
    subject.tell(
        "firstday_training_progress_ratio",
        "Share of all epochs' steps that is done, of a run that trains.",
        progress.percent() == null ? null : progress.percent() / 100.0);
    subject.tell("firstday_training_loss", "Mean loss of the epoch under way.", progress.loss());
    subject.tell(
        "firstday_training_samples_per_second",
        "Rows learnt from in a second.",
        progress.samplesPerSecond());
  }
}
