package dev.firstday.operator.worker;

import dev.firstday.api.RunState;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds Jobs and their pods, for plans that are carried out in memory. */
public final class FakeCluster {
  private final List<Job> jobs = new ArrayList<>();
  private final List<Pod> pods = new ArrayList<>();
  private final List<String> writes = new ArrayList<>();

  public WorkerObservation observe() {
    return new WorkerObservation(List.copyOf(jobs), List.copyOf(pods));
  }

  /** Carries out what a plan says about Jobs. */
  public void act(RunStep step, List<Job> start) {
    step.obsolete().forEach(this::delete);
    start.forEach(this::create);
  }

  /** The pod of the Job from now on. */
  public void pod(String job, PodStatus status) {
    Pod pod = pods.stream().filter(p -> belongs(p, job)).findFirst().orElseThrow();
    pods.remove(pod);
    pods.add(pod.edit().withStatus(status).build());
  }

  /** As kubectl delete job does. */
  public void deleteJob(String name) {
    jobs.removeIf(job -> job.getMetadata().getName().equals(name));
    pods.removeIf(pod -> belongs(pod, name));
  }

  /** What plans have created and deleted. */
  public List<String> writes() {
    return List.copyOf(writes);
  }

  /** Names of the Jobs that were ever made. */
  public Set<String> jobsMade() {
    return writes.stream()
        .filter(write -> write.startsWith("create "))
        .map(write -> write.substring("create ".length()))
        .collect(Collectors.toSet());
  }

  /** Names of the Jobs that are there. */
  public List<String> jobsThere() {
    return jobs.stream().map(job -> job.getMetadata().getName()).toList();
  }

  /** The uid of the run that the Job was told, as a state to answer. */
  public RunState runOf(String name) {
    Job job =
        jobs.stream().filter(j -> j.getMetadata().getName().equals(name)).findFirst().orElseThrow();
    String uid =
        job.getSpec().getTemplate().getSpec().getContainers().get(0).getEnv().stream()
            .filter(variable -> variable.getName().equals(Run.VARIABLE))
            .map(variable -> Contract.read(variable.getValue(), Run.class).uid())
            .findFirst()
            .orElseThrow();
    return new RunState(uid, 1, 0, name, null, null, null, null, null, null);
  }

  private void create(Job job) {
    String name = job.getMetadata().getName();
    writes.add("create " + name);
    if (jobs.stream().noneMatch(j -> j.getMetadata().getName().equals(name))) {
      Job made = job.edit().editMetadata().withUid("uid-of-" + name).endMetadata().build();
      jobs.add(made);
      pods.add(
          Workload.pod(made, Workload.pending())
              .edit()
              .editMetadata()
              .withLabels(job.getSpec().getTemplate().getMetadata().getLabels())
              .endMetadata()
              .withSpec(job.getSpec().getTemplate().getSpec())
              .build());
    }
  }

  private void delete(Job job) {
    writes.add("delete " + job.getMetadata().getName());
    deleteJob(job.getMetadata().getName());
  }

  private static boolean belongs(Pod pod, String job) {
    return pod.getMetadata().getOwnerReferences().get(0).getName().equals(job);
  }
}
