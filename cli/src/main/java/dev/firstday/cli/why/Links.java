package dev.firstday.cli.why;

import dev.firstday.api.Condition;
import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentSpec.Action;
import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.api.ModelDeploymentStatus.CheckState;
import dev.firstday.api.ResourceStatus;
import dev.firstday.api.RunState;
import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.cli.terminal.Words;
import dev.firstday.cli.why.Link.State;
import dev.firstday.operator.kube.Unreadable;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes links of resources: their conditions say how they are, their statuses what lies behind. */
final class Links {
  private static final Set<String> WANTING = Set.of("VersionNotFound", "AliasNotFound");

  private Links() {}

  static Link of(ModelDeployment deployment, Instant now) {
    String name = deployment.getMetadata().getName();
    return link(
        deployment,
        deployment.getStatus(),
        deployment.getStatus() == null ? List.of() : details(deployment.getStatus(), now),
        "firstday rollout status " + name);
  }

  static Link of(Model model, Instant now) {
    return link(
        model,
        model.getStatus(),
        model.getStatus() == null ? List.of() : retry(model.getStatus().run(), now),
        "firstday model show " + model.getMetadata().getName());
  }

  static Link of(TrainingJob training, Instant now) {
    String name = training.getMetadata().getName();
    return link(
        training,
        training.getStatus(),
        training.getStatus() == null ? List.of() : details(training.getStatus(), now),
        "kubectl describe tj " + name);
  }

  static Link of(Dataset dataset, Instant now) {
    String name = dataset.getMetadata().getName();
    return link(
        dataset,
        dataset.getStatus(),
        dataset.getStatus() == null ? List.of() : details(dataset.getStatus(), now),
        "firstday dataset show " + name);
  }

  /** One that another names, and that is not there. */
  static Link missing(String kind, String name) {
    return new Link(
        kind,
        name,
        State.MISSING,
        verdict(State.MISSING, null),
        "it does not exist in this namespace; create it, or correct the name where it is asked for",
        "",
        null,
        List.of(),
        "kubectl get ml");
  }

  private static Link link(
      HasMetadata resource, ResourceStatus status, List<String> details, String look) {
    String kind = resource.getKind();
    String name = resource.getMetadata().getName();
    Optional<Unreadable> fault = Unreadable.of(resource);
    if (fault.isPresent()) {
      return new Link(
          kind,
          name,
          State.STOPPED,
          verdict(State.STOPPED, null),
          "it cannot be read: " + fault.get().getMessage(),
          "Unreadable",
          null,
          details,
          "kubectl get %s %s -o yaml".formatted(resource.getFullResourceName(), name));
    }
    Optional<Condition> ready = status == null ? Optional.empty() : status.condition("Ready");
    if (ready.isEmpty()) {
      return new Link(
          kind,
          name,
          State.WAITS,
          verdict(State.WAITS, status),
          "the operator has not looked at it yet: is one running, and does it watch this namespace?",
          "NotSeen",
          null,
          List.of(),
          "kubectl get pods -A");
    }
    if (status.observedGeneration() != null && !status.isOf(resource)) {
      return new Link(
          kind,
          name,
          State.WAITS,
          verdict(State.WAITS, status),
          "its spec has changed since the operator looked at it last: is one running?",
          "NotSeen",
          null,
          details,
          "kubectl get pods -A");
    }
    Condition telling = telling(status, ready.get());
    return new Link(
        kind,
        name,
        state(status),
        verdict(state(status), status),
        telling.message() == null ? "" : telling.message(),
        telling.reason() == null ? "" : telling.reason(),
        telling.lastTransitionTime(),
        details,
        look);
  }

  /**
   * In words.
   *
   * @param status null: nothing is known of it
   */
  private static String verdict(State state, ResourceStatus status) {
    return switch (state) {
      case GOOD -> "has what its spec asks for";
      case COMPLAINS -> "has something wrong";
      case WAITS -> "waits or is at work";
      case PAUSED -> "is suspended";
      case MISSING -> "is not there";
      case STOPPED ->
          status instanceof ModelDeploymentStatus serving && serving.stable() != null
              ? "goes no further, and serves version %d".formatted(serving.stable().number())
              : status != null && "Pending".equals(status.phase()) ? "cannot begin" : "is stopped";
    };
  }

  private static State state(ResourceStatus status) {
    if (status.holds("Stalled") || isAskingForWhatIsNotThere(status)) {
      return State.STOPPED;
    }
    if (status.holds("Suspended")) {
      return State.PAUSED;
    }
    if (status.holds("Degraded")) {
      return State.COMPLAINS;
    }
    return status.holds("Ready") && !status.holds("Reconciling") ? State.GOOD : State.WAITS;
  }

  /**
   * The operator goes on looking for it, so that to the API it is no end; but it does not come by
   * itself. What is named and is no version is a link of its own.
   */
  private static boolean isAskingForWhatIsNotThere(ResourceStatus status) {
    return status.condition("Ready").map(Condition::reason).filter(WANTING::contains).isPresent();
  }

  /** What fails says why; else whatever goes on. */
  private static Condition telling(ResourceStatus status, Condition ready) {
    for (String type : List.of("Stalled", "Suspended", "Degraded", "Reconciling")) {
      Optional<Condition> condition = status.condition(type);
      if (condition.filter(Condition::holds).isPresent()) {
        return condition.get();
      }
    }
    return ready;
  }

  /** Checks that have not passed, and what they still need. */
  private static List<String> details(ModelDeploymentStatus status, Instant now) {
    List<String> details = new ArrayList<>();
    if (status.stable() != null && status.candidate() != null) {
      details.add(
          "version %d serves, version %d is tried"
              .formatted(status.stable().number(), status.candidate().number()));
    }
    if (status.rollout() != null && status.rollout().checks() != null) {
      status.rollout().checks().stream()
          .filter(check -> !"Pass".equals(check.verdict()) && check.message() != null)
          .forEach(check -> details.add("check: %s, %s".formatted(verdict(check), named(check))));
    }
    if (status.rejected() != null && !status.rejected().isEmpty()) {
      ModelDeploymentStatus.Rejection last = status.rejected().get(0);
      if (last.examples() != null && !last.examples().isEmpty()) {
        details.add("requests that show it: " + String.join(", ", last.examples()));
      }
      if (last.at() != null) {
        details.add(
            "version %d was given up %s".formatted(last.number(), Words.time(last.at(), now)));
      }
    }
    return details;
  }

  /** A failure that rolls nothing back is a warning wherever it is told. */
  private static String verdict(CheckState check) {
    return "Fail".equals(check.verdict()) && check.action() == Action.WARN
        ? "Warning"
        : check.verdict();
  }

  /** The message, which mostly begins with the name. */
  private static String named(CheckState check) {
    return check.message().startsWith(check.name() + ":")
        ? check.message()
        : check.name() + ": " + check.message();
  }

  private static List<String> details(TrainingJobStatus status, Instant now) {
    List<String> details = new ArrayList<>();
    if (status.chain() != null && status.chain().dataset() != null) {
      details.add("its last run learnt from " + status.chain().dataset());
    }
    if (status.result() != null && status.result().failedGates() != null) {
      status.result().failedGates().forEach(gate -> details.add("gate: " + gate));
    }
    details.addAll(retry(status.run(), now));
    return details;
  }

  private static List<String> details(DatasetStatus status, Instant now) {
    List<String> details = new ArrayList<>();
    if (status.checks() != null && status.checks().failures() != null) {
      status.checks().failures().forEach(check -> details.add("check: " + check));
    }
    details.addAll(retry(status.run(), now));
    return details;
  }

  /** Whether it is worth waiting. */
  private static List<String> retry(RunState run, Instant now) {
    if (run == null || run.failure() == null) {
      return List.of();
    }
    return run.retryAt() == null
        ? List.of("attempt %d failed, and none follows by itself".formatted(run.attempt()))
        : List.of(
            "attempt %d failed; the next begins by itself: %s"
                .formatted(run.attempt(), Words.time(run.retryAt(), now)));
  }
}
