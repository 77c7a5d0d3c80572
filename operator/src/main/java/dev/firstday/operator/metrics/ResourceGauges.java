package dev.firstday.operator.metrics;

import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.MetricValue;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentStatus.Target;
import dev.firstday.api.ResourceStatus;
import dev.firstday.api.RunState;
import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobStatus;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the resources' statuses say, as numbers. A resource that is gone says nothing any more. */
final class ResourceGauges {
  private final List<Gauge> gauges = new ArrayList<>();

  private ResourceGauges() {}

  static List<Gauge> of(List<? extends CustomResource<?, ?>> resources) {
    ResourceGauges all = new ResourceGauges();
    resources.stream().filter(resource -> resource.getStatus() != null).forEach(all::add);
    return List.copyOf(all.gauges);
  }

  private void add(CustomResource<?, ?> resource) {
    Subject subject =
        new Subject(
            resource.getKind(),
            resource.getMetadata().getNamespace(),
            resource.getMetadata().getName());
    if (resource.getStatus() instanceof ResourceStatus status) {
      conditions(subject, status);
    }
    if (resource instanceof Dataset dataset) {
      dataset(subject, dataset.getStatus());
    } else if (resource instanceof TrainingJob training) {
      training(subject, training.getStatus());
    } else if (resource instanceof Model model) {
      run(subject, model.getStatus().run());
      if (model.getStatus().newest() != null) {
        add(
            "firstday_model_newest_version",
            "Number of the newest version.",
            subject,
            model.getStatus().newest().number());
      }
    } else if (resource instanceof ModelDeployment deployment) {
      weight(subject, "stable", deployment.getStatus().stable());
      weight(subject, "candidate", deployment.getStatus().candidate());
    }
  }

  private record Subject(String kind, String namespace, String name) {}

  private void conditions(Subject subject, ResourceStatus status) {
    if (status.conditions() != null) {
      status
          .conditions()
          .forEach(
              condition ->
                  gauges.add(
                      new Gauge(
                          "firstday_resource_condition",
                          "1 for the status that a condition has.",
                          List.of("kind", "namespace", "name", "type", "status"),
                          List.of(
                              subject.kind(),
                              subject.namespace(),
                              subject.name(),
                              condition.type(),
                              condition.status()),
                          1)));
    }
  }

  private void dataset(Subject subject, DatasetStatus status) {
    run(subject, status.run());
    DatasetStatus.Version latest = status.latest();
    if (latest == null) {
      return;
    }
    add(
        "firstday_dataset_latest_version",
        "Number of the latest version that passed its checks.",
        subject,
        latest.number());
    labelled(
        "firstday_dataset_rows",
        "Rows of the latest version by split.",
        subject,
        "split",
        "train",
        latest.trainRows());
    labelled(
        "firstday_dataset_rows",
        "Rows of the latest version by split.",
        subject,
        "split",
        "validation",
        latest.validationRows());
    add(
        "firstday_dataset_recorded_timestamp_seconds",
        "When the latest version was recorded.",
        subject,
        seconds(latest.recordedAt()));
  }

  private void training(Subject subject, TrainingJobStatus status) {
    run(subject, status.run());
    if (status.result() == null || status.result().metrics() == null) {
      return;
    }
    for (MetricValue metric : status.result().metrics()) {
      String name = metric.name().name().toLowerCase(Locale.ROOT);
      labelled(
          "firstday_training_metric",
          "Metric of the last run on the validation split.",
          subject,
          "metric",
          name,
          metric.value());
      labelled(
          "firstday_training_baseline_metric",
          "The same metric of the best constant.",
          subject,
          "metric",
          name,
          metric.baseline());
    }
  }

  private void run(Subject subject, RunState run) {
    if (run == null) {
      return;
    }
    labelled(
        "firstday_run_attempts",
        "Attempts of the run that is under way, or of the last one.",
        subject,
        "kind",
        subject.kind(),
        run.attempt());
    if (run.finishedAt() == null) {
      labelled(
          "firstday_run_started_timestamp_seconds",
          "When the run that is under way began.",
          subject,
          "kind",
          subject.kind(),
          seconds(run.startedAt()));
    }
  }

  private void weight(Subject subject, String role, Target target) {
    if (target != null) {
      labelled(
          "firstday_deployment_weight_percent",
          "Percent of requests that the version answers.",
          subject,
          "role",
          role,
          target.weight());
      labelled(
          "firstday_deployment_version",
          "Number of the version.",
          subject,
          "role",
          role,
          target.number());
    }
  }

  private void add(String name, String help, Subject subject, Number value) {
    if (value != null) {
      gauges.add(
          new Gauge(
              name,
              help,
              List.of("namespace", "name"),
              List.of(subject.namespace(), subject.name()),
              value.doubleValue()));
    }
  }

  private void labelled(
      String name, String help, Subject subject, String label, String labelValue, Number value) {
    if (value != null) {
      gauges.add(
          new Gauge(
              name,
              help,
              List.of("namespace", "name", label),
              List.of(subject.namespace(), subject.name(), labelValue),
              value.doubleValue()));
    }
  }

  private static Long seconds(Instant time) {
    return time == null ? null : time.getEpochSecond();
  }
}
