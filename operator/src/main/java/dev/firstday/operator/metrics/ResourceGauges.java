package dev.firstday.operator.metrics;

import dev.firstday.api.Condition;
import dev.firstday.api.Dataset;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelStatus;
import dev.firstday.api.ReadinessTest;
import dev.firstday.api.ReadinessTestStatus;
import dev.firstday.api.ReadinessTestStatus.Point;
import dev.firstday.api.ResourceStatus;
import dev.firstday.api.RunState;
import dev.firstday.api.TrainingJob;
import dev.firstday.api.VersionHealth;
import dev.firstday.operator.kube.Standing;
import dev.firstday.operator.kube.Unreadable;
import dev.firstday.operator.metrics.Subject.Label;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the resources' statuses say, as numbers. A resource that is gone says nothing any more. */
final class ResourceGauges {
  private static final Logger LOG = LoggerFactory.getLogger(ResourceGauges.class);
  private static final Pattern REASON = Pattern.compile("[A-Z][A-Za-z0-9]{0,62}");

  private ResourceGauges() {}

  static List<Gauge> of(List<? extends CustomResource<?, ?>> resources) {
    return resources.stream()
        .filter(resource -> resource.getStatus() != null)
        .flatMap(ResourceGauges::once)
        .toList();
  }

  /** A series that is there twice, or a status that is none of ours, must not spoil the scrape. */
  private static Stream<Gauge> once(CustomResource<?, ?> resource) {
    try {
      Set<List<String>> told = new HashSet<>();
      return of(resource)
          .filter(
              gauge ->
                  told.add(
                      Stream.concat(Stream.of(gauge.name()), gauge.values().stream()).toList()))
          .toList()
          .stream();
    } catch (RuntimeException e) {
      LOG.warn(
          "no metrics are told of {} {}/{}, whose status no release has written so",
          resource.getKind(),
          resource.getMetadata().getNamespace(),
          resource.getMetadata().getName(),
          e);
      return Stream.empty();
    }
  }

  private static Stream<Gauge> of(CustomResource<?, ?> resource) {
    String namespace = resource.getMetadata().getNamespace();
    String name = resource.getMetadata().getName();
    Subject subject = new Subject(resource.getKind(), namespace, name);
    if (!Unreadable.is(resource)) {
      tell(subject, resource);
    }
    return resource.getStatus() instanceof ResourceStatus status && status.conditions() != null
        ? Stream.concat(
            conditions(subject.kind(), namespace, name, status), subject.gauges().stream())
        : subject.gauges().stream();
  }

  private static void tell(Subject subject, CustomResource<?, ?> resource) {
    if (resource instanceof Dataset dataset) {
      run(subject, dataset.getStatus().run());
      DatasetGauges.tell(subject, dataset);
    } else if (resource instanceof TrainingJob training) {
      run(subject, training.getStatus().run());
      TrainingGauges.tell(subject, training);
    } else if (resource instanceof Model model) {
      run(subject, model.getStatus().run());
      model(subject, model.getStatus());
    } else if (resource instanceof ModelDeployment deployment) {
      DeploymentGauges.tell(subject, deployment.getStatus());
    } else if (resource instanceof ReadinessTest test) {
      readiness(subject, test.getStatus());
    }
  }

  private static Stream<Gauge> conditions(
      String kind, String namespace, String name, ResourceStatus status) {
    return status.conditions().stream()
        .flatMap(
            condition ->
                Stream.concat(
                    Stream.of(
                        new Gauge(
                            "firstday_resource_condition",
                            "1 for the status that a condition has.",
                            List.of("kind", "namespace", "name", "type", "status"),
                            List.of(kind, namespace, name, condition.type(), condition.status()),
                            1)),
                    reason(kind, namespace, name, condition).stream()));
  }

  /** What is not the case has no reason, but for Ready, which is to have one. */
  private static Optional<Gauge> reason(
      String kind, String namespace, String name, Condition condition) {
    return Standing.READY.equals(condition.type()) || condition.holds()
        ? Optional.of(
            new Gauge(
                "firstday_resource_condition_reason",
                "1 for the reason of a condition that is True, and of Ready whatever it is.",
                List.of("kind", "namespace", "name", "type", "reason"),
                List.of(kind, namespace, name, condition.type(), word(condition.reason())),
                1))
        : Optional.empty();
  }

  /** Reasons come from pods' answers, too, which may say anything. */
  private static String word(String reason) {
    return reason != null && REASON.matcher(reason).matches() ? reason : "Other";
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
      faults(status.health())
          .forEach(
              (fault, versions) ->
                  subject.tell(
                      "firstday_model_version_faults",
                      "Versions by what is wrong with them; one may be told under several words.",
                      versions,
                      new Label("fault", fault)));
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

  private static Map<String, Long> faults(List<VersionHealth> health) {
    return health.stream()
        .flatMap(
            version ->
                Stream.of(
                        version.fault(),
                        version.signature() == null ? null : version.signature().fault(),
                        version.evaluation() == null ? null : version.evaluation().fault())
                    .filter(Objects::nonNull)
                    .distinct())
        .collect(Collectors.groupingBy(ResourceGauges::word, TreeMap::new, Collectors.counting()));
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
}
