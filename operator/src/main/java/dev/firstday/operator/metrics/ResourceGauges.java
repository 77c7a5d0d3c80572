package dev.firstday.operator.metrics;

import dev.firstday.api.Dataset;
import dev.firstday.api.MetricValue;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentStatus.Target;
import dev.firstday.api.ModelStatus;
import dev.firstday.api.ReadinessTest;
import dev.firstday.api.ReadinessTestStatus;
import dev.firstday.api.ReadinessTestStatus.Point;
import dev.firstday.api.ResourceStatus;
import dev.firstday.api.RunState;
import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.api.TrainingProgress;
import dev.firstday.api.VersionHealth;
import dev.firstday.operator.metrics.Subject.Label;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the resources' statuses say, as numbers. A resource that is gone says nothing any more. */
final class ResourceGauges {
  private ResourceGauges() {}

  static List<Gauge> of(List<? extends CustomResource<?, ?>> resources) {
    return resources.stream()
        .filter(resource -> resource.getStatus() != null)
        .flatMap(ResourceGauges::of)
        .toList();
  }

  private static Stream<Gauge> of(CustomResource<?, ?> resource) {
    String namespace = resource.getMetadata().getNamespace();
    String name = resource.getMetadata().getName();
    Subject subject = new Subject(resource.getKind(), namespace, name);
    if (resource instanceof Dataset dataset) {
      run(subject, dataset.getStatus().run());
      DatasetGauges.tell(subject, dataset.getStatus());
    } else if (resource instanceof TrainingJob training) {
      run(subject, training.getStatus().run());
      training(subject, training.getStatus());
    } else if (resource instanceof Model model) {
      run(subject, model.getStatus().run());
      model(subject, model.getStatus());
    } else if (resource instanceof ModelDeployment deployment) {
      target(subject, "stable", deployment.getStatus().stable());
      target(subject, "candidate", deployment.getStatus().candidate());
    } else if (resource instanceof ReadinessTest test) {
      readiness(subject, test.getStatus());
    }
    return resource.getStatus() instanceof ResourceStatus status && status.conditions() != null
        ? Stream.concat(
            conditions(subject.kind(), namespace, name, status), subject.gauges().stream())
        : subject.gauges().stream();
  }

  private static Stream<Gauge> conditions(
      String kind, String namespace, String name, ResourceStatus status) {
    return status.conditions().stream()
        .map(
            condition ->
                new Gauge(
                    "firstday_resource_condition",
                    "1 for the status that a condition has.",
                    List.of("kind", "namespace", "name", "type", "status"),
                    List.of(kind, namespace, name, condition.type(), condition.status()),
                    1));
  }

  private static void training(Subject subject, TrainingJobStatus status) {
    if (status.progress() != null) {
      progress(subject, status.progress());
    }
    if (status.result() == null || status.result().metrics() == null) {
      return;
    }
    for (MetricValue metric : status.result().metrics()) {
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
    }
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

  private static void model(Subject subject, ModelStatus status) {
    if (status.newest() != null) {
      subject.tell(
          "firstday_model_newest_version",
          "Number of the newest version.",
          status.newest().number());
    }
    if (status.health() != null) {
      subject.tell(
          "firstday_model_faulty_versions",
          "Versions with a fault, or that score worse on newer data than they may.",
          status.health().stream().filter(version -> version.complaint() != null).count());
      status.health().stream()
          .map(VersionHealth::inspectedAt)
          .max(Instant::compareTo)
          .ifPresent(
              last ->
                  subject.tell(
                      "firstday_model_inspected_timestamp_seconds",
                      "When a version was last inspected.",
                      last));
    }
  }

  private static void readiness(Subject subject, ReadinessTestStatus status) {
    if (status.points() == null) {
      return;
    }
    for (Point point : status.points()) {
      subject.tell(
          "firstday_readiness_score_ratio",
          "How far a point of the ML Joel test is met: 0, 0.5 or 1.",
          switch (point.score()) {
            case PASS -> 1.0;
            case PARTIAL -> 0.5;
            case FAIL -> 0.0;
          },
          new Label("point", point.number().toString()));
    }
  }

  private static void run(Subject subject, RunState run) {
    if (run == null) {
      return;
    }
    Label kind = new Label("kind", subject.kind());
    subject.tell(
        "firstday_run_attempts",
        "Attempts of the run that is under way, or of the last one.",
        run.attempt(),
        kind);
    if (run.finishedAt() == null) {
      subject.tell(
          "firstday_run_started_timestamp_seconds",
          "When the run that is under way began.",
          run.startedAt(),
          kind);
    }
  }

  private static void target(Subject subject, String role, Target target) {
    if (target == null) {
      return;
    }
    Label label = new Label("role", role);
    subject.tell(
        "firstday_deployment_weight_percent",
        "Percent of requests that the version answers.",
        target.weight(),
        label);
    subject.tell("firstday_deployment_version", "Number of the version.", target.number(), label);
  }
}
