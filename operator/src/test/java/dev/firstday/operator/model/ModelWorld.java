package dev.firstday.operator.model;

import dev.firstday.api.Errand;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.api.ModelDeploymentStatus.Previous;
import dev.firstday.api.ModelDeploymentStatus.Target;
import dev.firstday.api.ModelSpec;
import dev.firstday.api.ModelStatus;
import dev.firstday.api.RetentionState;
import dev.firstday.api.RunState;
import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.Samples;
import dev.firstday.operator.TestConfigs;
import dev.firstday.operator.kube.EventDraft;
import dev.firstday.operator.worker.FakeCluster;
import dev.firstday.operator.worker.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A model, what it sees, and passes over it. */
final class ModelWorld {
  final FakeCluster cluster = new FakeCluster();
  final Model model = Samples.model("ns", "late");
  final List<TrainingJob> trainings = new ArrayList<>();
  final List<ModelDeployment> deployments = new ArrayList<>();
  final List<EventDraft> told = new ArrayList<>();
  Optional<Instant> wakeUp = Optional.empty();
  boolean areReadable = true;
  Instant now = Workload.NOW;

  private Run asked;

  ModelWorld() {
    model.getMetadata().setUid("uid-1");
    model.getMetadata().setGeneration(1L);
  }

  /** One whose inventory has been taken, and whose versions have all passed their inspection. */
  static ModelWorld with(ModelSpec spec, int versions) {
    ModelWorld world = new ModelWorld();
    world.model.setSpec(spec);
    world.pass().answer(world.inventory(versions)).inspect();
    return world;
  }

  ModelWorld edit(ModelSpec spec) {
    model.setSpec(spec);
    return this;
  }

  ModelWorld pass() {
    ModelPlan plan =
        ModelPlanner.plan(
            model,
            new ModelObservation(
                cluster.observe(), trainings, deployments, List.of(), areReadable, now),
            TestConfigs.WORKER);
    wakeUp = plan.wakeUp();
    plan.start().stream()
        .map(job -> job.getSpec().getTemplate().getSpec().getContainers().get(0).getEnv())
        .flatMap(List::stream)
        .filter(variable -> variable.getName().equals(Run.VARIABLE))
        .forEach(variable -> asked = Contract.read(variable.getValue(), Run.class));
    cluster.act(plan.step(), plan.start());
    told.addAll(plan.events());
    model.setStatus(plan.status());
    return this;
  }

  ModelWorld answer(RunResult result) {
    cluster.pod(status().run().job(), Workload.answered(result));
    return pass();
  }

  /** All inspections that wait find nothing wrong. */
  ModelWorld inspect() {
    pass();
    while (errand().kind() == Errand.Kind.INSPECTION && status().run().finishedAt() == null) {
      answer(Samples.sound(uid(), errand().versions())).pass();
    }
    return this;
  }

  RunResult inventory(int versions) {
    return new RunResult.Inventory(
        uid(),
        versions,
        IntStream.range(0, versions)
            .map(i -> versions - i)
            .mapToObj(number -> Samples.modelVersion("run" + number, number))
            .toList(),
        List.of());
  }

  ModelWorld swept(int removed, RetentionState state) {
    return answer(new RunResult.Sweep(uid(), removed, state));
  }

  ModelWorld record(int number) {
    TrainingJob training = Samples.training("ns", "tj-" + number, "flights", "late");
    RunResult.Train answer =
        (RunResult.Train)
            Samples.trained(
                new RunState("run" + number, 1, 0, null, null, null, null, null, null, null),
                number);
    training.setStatus(
        new TrainingJobStatus(
            1L,
            "Succeeded",
            List.of(),
            new TrainingJobStatus.Chain("flights/1", 1, null, "late/" + number),
            null,
            answer.training(),
            null,
            null));
    trainings.add(training);
    return this;
  }

  ModelWorld serve(int number) {
    ModelDeployment deployment = Samples.deployment("ns", "served");
    deployment.setStatus(
        Contract.read(
            Contract.write(Map.of("stable", new Target(number, digest(number), 100, 1, 1))),
            ModelDeploymentStatus.class));
    deployments.add(deployment);
    return this;
  }

  /** A Deployment that may go back to the version. */
  ModelWorld served(int number) {
    ModelDeployment deployment = Samples.deployment("ns", "was-served");
    deployment.setStatus(
        Contract.read(
            Contract.write(
                Map.of("previous", List.of(new Previous(number, digest(number), now, null)))),
            ModelDeploymentStatus.class));
    deployments.add(deployment);
    return this;
  }

  private static String digest(int number) {
    return Samples.modelVersion("a", number).digest();
  }

  /** What the last Job that was made is to do. */
  Run asked() {
    return asked;
  }

  Errand errand() {
    return status().errand();
  }

  ModelStatus status() {
    return model.getStatus();
  }

  String uid() {
    return status().run().uid();
  }
}
