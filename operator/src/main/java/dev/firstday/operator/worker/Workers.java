package dev.firstday.operator.worker;

import dev.firstday.api.RunState;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.operator.kube.Applier;
import dev.firstday.operator.kube.Labels;
import dev.firstday.operator.kube.Owner;
import dev.firstday.operator.kube.Rejection;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sees and makes the Jobs of runs; what to make is decided elsewhere ({@link Runs}). */
public final class Workers {
  private final Applier applier;

  public Workers(Applier applier) {
    this.applier = applier;
  }

  /** Watches the kind's Jobs and their pods. */
  public <P extends HasMetadata> List<EventSource<?, P>> eventSources(
      EventSourceContext<P> context) {
    Class<P> kind = context.getPrimaryResourceClass();
    String selector =
        "%s,%s=%s"
            .formatted(
                Labels.SELECTOR, Labels.KIND, HasMetadata.getKind(kind).toLowerCase(Locale.ROOT));
    return List.of(
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(Job.class, kind)
                .withLabelSelector(selector)
                .build(),
            context),
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(Pod.class, kind)
                .withLabelSelector(selector)
                .withSecondaryToPrimaryMapper(Workers::ownerOf)
                .build(),
            context));
  }

  /**
   * The resource's Jobs and pods. The caches may lag behind; what a verdict hangs on is therefore
   * read from the API server when the cache lacks it: the Job of the attempt under way, and the pod
   * of a Job that has ended.
   *
   * @param run the run under way; may be null
   */
  public WorkerObservation observe(RunState run, HasMetadata resource, Context<?> context) {
    Owner owner = Owner.of(resource);
    List<Job> jobs = context.getSecondaryResources(Job.class).stream().filter(owner::owns).toList();
    List<Pod> pods = List.copyOf(context.getSecondaryResources(Pod.class));
    WorkerObservation cached = new WorkerObservation(jobs, pods);
    if (run == null || run.job() == null || run.finishedAt() != null) {
      return cached;
    }
    Optional<Job> job = cached.job(run.job());
    if (job.isPresent() && !lacksEndedPod(job.get(), cached)) {
      return cached;
    }
    KubernetesClient client = context.getClient();
    String namespace = resource.getMetadata().getNamespace();
    return job.or(
            () ->
                Optional.ofNullable(
                        client.batch().v1().jobs().inNamespace(namespace).withName(run.job()).get())
                    .filter(owner::owns))
        .map(live -> with(live, podsOf(live, client), cached))
        .orElse(cached);
  }

  /**
   * Makes the Jobs.
   *
   * @return why an attempt is lost at once, or empty
   */
  public Optional<WorkerState.Lost> start(List<Job> jobs, HasMetadata resource) {
    Owner owner = Owner.of(resource);
    return jobs.stream()
        .flatMap(job -> applier.create(job, owner).map(rejection -> lost(job, rejection)).stream())
        .findFirst();
  }

  /** Deletes the Jobs, and with them their pods. */
  public void end(List<Job> jobs) {
    jobs.stream()
        .filter(job -> job.getMetadata().getDeletionTimestamp() == null)
        .forEach(applier::delete);
  }

  private static WorkerState.Lost lost(Job job, Rejection rejection) {
    String said = rejection.message();
    String name = job.getMetadata().getName();
    return switch (rejection.why()) {
      case INVALID ->
          new WorkerState.Lost(
              "JobInvalid",
              "the spec's resources, nodeSelector, tolerations, affinity or priorityClassName make no valid Job %s: %s"
                  .formatted(name, said),
              Cure.FIX_SPEC);
      case FORBIDDEN ->
          new WorkerState.Lost(
              "JobForbidden",
              "a quota, a policy or a missing right forbids Job %s: %s".formatted(name, said),
              Cure.FIX_DATA);
      case NAME_TAKEN -> new WorkerState.Lost("JobNameTaken", said, Cure.FIX_DATA);
    };
  }

  private static boolean lacksEndedPod(Job job, WorkerObservation seen) {
    return WorkerStates.ended(job) && seen.podsOf(job).stream().noneMatch(WorkerStates::ended);
  }

  private static List<Pod> podsOf(Job job, KubernetesClient client) {
    return client
        .pods()
        .inNamespace(job.getMetadata().getNamespace())
        .withLabel(Labels.RUN, job.getMetadata().getLabels().get(Labels.RUN))
        .list()
        .getItems();
  }

  private static WorkerObservation with(Job job, List<Pod> live, WorkerObservation cached) {
    Set<String> names =
        live.stream().map(pod -> pod.getMetadata().getName()).collect(Collectors.toSet());
    return new WorkerObservation(
        Stream.concat(
                Stream.of(job),
                cached.jobs().stream()
                    .filter(j -> !j.getMetadata().getName().equals(job.getMetadata().getName())))
            .toList(),
        Stream.concat(
                live.stream(),
                cached.pods().stream().filter(pod -> !names.contains(pod.getMetadata().getName())))
            .toList());
  }

  private static Set<ResourceID> ownerOf(Pod pod) {
    String name = pod.getMetadata().getAnnotations().get(WorkerJob.OWNER_ANNOTATION);
    return name == null ? Set.of() : Set.of(new ResourceID(name, pod.getMetadata().getNamespace()));
  }
}
