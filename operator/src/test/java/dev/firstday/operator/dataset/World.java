package dev.firstday.operator.dataset;

import dev.firstday.api.Condition;
import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.Retention;
import dev.firstday.api.RetentionState;
import dev.firstday.api.RunState;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.Samples;
import dev.firstday.operator.TestConfigs;
import dev.firstday.operator.kube.EventDraft;
import dev.firstday.operator.worker.FakeCluster;
import dev.firstday.operator.worker.Workload;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A data set, the cluster that its runs work in, and a clock that stands still. */
final class World {
  final FakeCluster cluster = new FakeCluster();
  final Dataset dataset = Samples.dataset("ns", "flights");
  final List<EventDraft> told = new ArrayList<>();
  Pins pins = Pins.NONE;
  Instant now = Workload.NOW;
  DatasetPlan plan;

  World() {
    dataset.getMetadata().setUid("uid-1");
    dataset.getMetadata().setGeneration(1L);
  }

  /** With that refresh, and version 1 built and good. */
  static World ready(DatasetSpec.Refresh refresh) {
    return ready(spec -> Samples.withRefresh(spec, refresh));
  }

  /** With that spec, and version 1 built and good. */
  static World ready(UnaryOperator<DatasetSpec> change) {
    World world = new World();
    world.dataset.setSpec(change.apply(world.dataset.getSpec()));
    world.pass();
    world.answer(Samples.snapshot(world.run(), 1));
    world.told.clear();
    return world;
  }

  /** A spec that keeps so many versions. */
  static UnaryOperator<DatasetSpec> keeping(int versions, Boolean dryRun) {
    return spec ->
        Samples.with(
            spec,
            spec.transform(),
            spec.refresh(),
            new Retention(versions, null, null, dryRun),
            spec.suspend());
  }

  /** A good answer, with what was swept. */
  static RunResult swept(RunState run, int number, RetentionState swept) {
    return new RunResult.Snapshot(
        run.uid(), Samples.version(number, false), Samples.checks(1, List.of()), swept);
  }

  void pass() {
    plan();
    cluster.act(plan.step(), plan.start());
    told.addAll(plan.events());
    dataset.setStatus(plan.status());
  }

  /** Decides and does nothing. */
  DatasetPlan plan() {
    plan =
        DatasetPlanner.plan(
            dataset, new DatasetObservation(cluster.observe(), pins, now), TestConfigs.WORKER);
    return plan;
  }

  /** A pass at that time. */
  void passAt(String time) {
    now = Instant.parse(time);
    pass();
  }

  void answer(RunResult result) {
    cluster.pod(run().job(), Workload.answered(result));
    pass();
  }

  void edit(UnaryOperator<DatasetSpec> change) {
    dataset.setSpec(change.apply(dataset.getSpec()));
    dataset.getMetadata().setGeneration(dataset.getMetadata().getGeneration() + 1);
  }

  void suspend(boolean suspend) {
    edit(spec -> Samples.with(spec, spec.transform(), spec.refresh(), spec.retention(), suspend));
  }

  /** What the Job that the last plan makes is asked. */
  Run.Snapshot asked() {
    Job job = plan.start().get(0);
    return job.getSpec().getTemplate().getSpec().getContainers().get(0).getEnv().stream()
        .filter(variable -> variable.getName().equals(Run.VARIABLE))
        .map(variable -> Contract.read(variable.getValue(), Run.class))
        .map(Run.Snapshot.class::cast)
        .findFirst()
        .orElseThrow();
  }

  DatasetStatus status() {
    return dataset.getStatus();
  }

  RunState run() {
    return status().run();
  }

  Condition ready() {
    return status().conditions().get(0);
  }

  Condition reconciling() {
    return status().conditions().get(1);
  }

  Condition stalled() {
    return status().conditions().get(2);
  }
}
