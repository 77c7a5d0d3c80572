package dev.firstday.operator;

import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.Errand;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentSpec;
import dev.firstday.api.ModelStatus;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.RunState;
import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.api.VersionHealth;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A data set with a version, a model with three, the training job that recorded them, and a
 * deployment that waits for an alias, all of one number: the statuses are what is left of runs that
 * ended well, so that a cluster has thousands of them without as many Jobs. An operator that finds
 * them has nothing to start, and completes the statuses.
 */
final class Settled {
  private static final int VERSIONS = 3;

  private final KubernetesClient client;
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  Settled(KubernetesClient client) {
    this.client = client;
  }

  void create(String namespace, int number) {
    String data = "dataset-" + number;
    String name = "model-" + number;
    Dataset dataset = client.resource(Samples.dataset(namespace, data)).create();
    dataset.setStatus(status(dataset));
    write(dataset);
    Model model = client.resource(Samples.model(namespace, name)).create();
    model.setStatus(status(model, data));
    write(model);
    TrainingJob training =
        client.resource(Samples.training(namespace, "training-" + number, data, name)).create();
    training.setStatus(status(training, data, name));
    write(training);
    client.resource(deployment(namespace, "deployment-" + number, name)).create();
  }

  private static DatasetStatus status(Dataset dataset) {
    DatasetStatus.Version version = Samples.version(1, false);
    return Samples.datasetStatus(
        null,
        null,
        null,
        version,
        null,
        List.of(version),
        Samples.checks(1, 1, 0, 0, List.of()),
        over(
            Contract.digest(
                List.of(dataset.getMetadata().getUid(), dataset.getSpec().recipe(), "")),
            dataset));
  }

  private ModelStatus status(Model model, String dataset) {
    String spec = Contract.digest(model.getSpec());
    Errand errand = new Errand(Errand.Kind.INVENTORY, spec, List.of(), null);
    List<ModelVersion> versions =
        IntStream.range(0, VERSIONS)
            .map(i -> VERSIONS - i)
            .mapToObj(number -> version(number, dataset))
            .toList();
    return new ModelStatus(
        null,
        null,
        null,
        versions.get(0),
        VERSIONS,
        versions,
        versions.stream().map(this::passed).toList(),
        null,
        spec,
        null,
        null,
        null,
        null,
        errand,
        over(Contract.digest(List.of(model.getMetadata().getUid(), errand)), model));
  }

  private static TrainingJobStatus status(TrainingJob training, String dataset, String model) {
    DatasetStatus.Version data = Samples.version(1, false);
    RunState run =
        over(
            Contract.digest(
                List.of(
                    training.getMetadata().getUid(),
                    training.getSpec().recipe(),
                    "",
                    new Run.DatasetVersionReference(dataset, data.number(), data.digest()))),
            training);
    return new TrainingJobStatus(
        null,
        null,
        null,
        new TrainingJobStatus.Chain(
            dataset + "/" + data.number(), data.number(), data.digest(), model + "/" + VERSIONS),
        run,
        ((RunResult.Train) Samples.trained(run, VERSIONS)).training(),
        null,
        null);
  }

  private static ModelDeployment deployment(String namespace, String name, String model) {
    ModelDeployment deployment = Samples.deployment(namespace, name);
    deployment.setSpec(
        new ModelDeploymentSpec(model, null, "absent", null, null, null, null, null, null, null));
    return deployment;
  }

  private static ModelVersion version(int number, String dataset) {
    ModelVersion version = Samples.modelVersion("run" + number, number);
    return new ModelVersion(
        number,
        version.digest(),
        dataset + "/1",
        version.trainDigest(),
        version.validationDigest(),
        version.codeDigest(),
        version.headline(),
        version.baselineHeadline(),
        version.metrics(),
        null,
        version.runUid(),
        version.recordedAt());
  }

  /** Just now: it is not to be looked at again. */
  private VersionHealth passed(ModelVersion version) {
    return new VersionHealth(
        version.number(), version.digest(), now, "Recorded", null, null, null, null, null);
  }

  private static RunState over(String uid, CustomResource<?, ?> resource) {
    Instant began = Instant.parse(resource.getMetadata().getCreationTimestamp());
    return new RunState(
        uid,
        1,
        0,
        resource.getMetadata().getName() + "-1",
        began,
        began.plus(Duration.ofMinutes(1)),
        null,
        null,
        null,
        null);
  }

  private void write(CustomResource<?, ?> resource) {
    client.resource(resource).updateStatus();
  }
}
