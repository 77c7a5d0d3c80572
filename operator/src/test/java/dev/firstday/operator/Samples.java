package dev.firstday.operator;

import dev.firstday.api.Condition;
import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.Errand;
import dev.firstday.api.MetricValue;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentSpec;
import dev.firstday.api.ModelSpec;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.Network;
import dev.firstday.api.ReadinessTest;
import dev.firstday.api.Retention;
import dev.firstday.api.RunState;
import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobSpec;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.api.VersionHealth;
import dev.firstday.api.WorkerResources;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Inspection.Finding;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Resources that are as small as they may be. */
public final class Samples {
  private static final Instant RECORDED = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<MetricValue> METRICS =
      List.of(
          new MetricValue(TrainingJobSpec.MetricName.LOG_LOSS, 0.451, 0.520, 0.470, 0.448, 0.454));

  private Samples() {}

  public static Dataset dataset(String namespace, String name) {
    Dataset dataset = new Dataset();
    dataset.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    dataset.setSpec(
        new DatasetSpec(
            new DatasetSpec.Source(
                List.of(new DatasetSpec.Files("rows", "rows.csv", null, null, null))),
            "SELECT x, y FROM rows",
            List.of(
                new DatasetSpec.Column("x", DatasetSpec.Type.DOUBLE, null, null),
                new DatasetSpec.Column(
                    "y", DatasetSpec.Type.BOOLEAN, DatasetSpec.Role.LABEL, null)),
            new DatasetSpec.Split(
                new DatasetSpec.HashSplit(List.of("x"), null, 20, null), null, null),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null));
    return dataset;
  }

  public static DatasetSpec withResources(DatasetSpec spec, WorkerResources resources) {
    return new DatasetSpec(
        spec.source(),
        spec.transform(),
        spec.columns(),
        spec.split(),
        spec.checks(),
        spec.dqdl(),
        spec.schemaEvolution(),
        spec.leakageChecks(),
        spec.failingRows(),
        spec.tests(),
        spec.refresh(),
        spec.retention(),
        resources,
        spec.suspend());
  }

  public static DatasetSpec withRefresh(DatasetSpec spec, DatasetSpec.Refresh refresh) {
    return with(spec, spec.transform(), refresh, spec.retention(), spec.suspend());
  }

  /** The same spec with these in the place of its own. */
  public static DatasetSpec with(
      DatasetSpec spec,
      String transform,
      DatasetSpec.Refresh refresh,
      Retention retention,
      Boolean suspend) {
    return new DatasetSpec(
        spec.source(),
        transform,
        spec.columns(),
        spec.split(),
        spec.checks(),
        spec.dqdl(),
        spec.schemaEvolution(),
        spec.leakageChecks(),
        spec.failingRows(),
        spec.tests(),
        refresh,
        retention,
        spec.resources(),
        suspend);
  }

  public static Model model(String namespace, String name) {
    Model model = new Model();
    model.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    model.setSpec(new ModelSpec(null, null, null, null, null, null));
    return model;
  }

  public static ReadinessTest readiness(String namespace, String name) {
    ReadinessTest test = new ReadinessTest();
    test.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    return test;
  }

  /** Waits for a model that is not there. */
  public static ModelDeployment deployment(String namespace, String name) {
    ModelDeployment deployment = new ModelDeployment();
    deployment.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    deployment.setSpec(
        new ModelDeploymentSpec(
            "absent",
            null,
            ModelDeploymentSpec.Track.NEWEST,
            null,
            null,
            null,
            null,
            null,
            null,
            null));
    return deployment;
  }

  /** Learns y from x, on the latest version of the data set. */
  public static TrainingJob training(String namespace, String name, String dataset, String model) {
    TrainingJob training = new TrainingJob();
    training.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    training.setSpec(
        new TrainingJobSpec(
            new TrainingJobSpec.DatasetReference(dataset, null),
            model,
            null,
            new Network(null, null, List.of(), null, null, null, null),
            null,
            null,
            5,
            null,
            null,
            null,
            List.of(
                new TrainingJobSpec.Gate(
                    TrainingJobSpec.MetricName.LOG_LOSS, 0.0, null, null, null)),
            null,
            null,
            null,
            null,
            null,
            null,
            2,
            null,
            null,
            null,
            null,
            null));
    return training;
  }

  /** The same with other fields, named and given as in YAML. */
  public static TrainingJobSpec with(TrainingJobSpec spec, Map<String, ?> fields) {
    Map<String, Object> edited = Contract.read(Contract.write(spec), Fields.class);
    edited.putAll(fields);
    return Contract.read(Contract.write(edited), TrainingJobSpec.class);
  }

  private static final class Fields extends TreeMap<String, Object> {
    private static final long serialVersionUID = 1L;
  }

  /** A good answer: version {@code number}, all checks passed. */
  public static RunResult snapshot(RunState run, int number) {
    return new RunResult.Snapshot(run.uid(), version(number, false), checks(1, List.of()), null);
  }

  /** Version {@code number} was recorded, but a check refused it. */
  public static RunResult refusal(RunState run, int number) {
    return new RunResult.Snapshot(
        run.uid(),
        version(number, true),
        checks(number, 0, 1, 0, List.of("rowCount is 100, must be more than 500")),
        null);
  }

  /** A status without refresh, pins and retention. */
  public static DatasetStatus datasetStatus(
      Long generation,
      String phase,
      List<Condition> conditions,
      DatasetStatus.Version latest,
      DatasetStatus.Version refused,
      List<DatasetStatus.Version> versions,
      DatasetStatus.Checks checks,
      RunState run) {
    return new DatasetStatus(
        generation, phase, conditions, latest, refused, versions, checks, null, null, null, run);
  }

  /** One check, which passed or failed. */
  public static DatasetStatus.Checks checks(int passed, List<String> failures) {
    return new DatasetStatus.Checks(
        passed + "/1", passed, 1 - passed, 0, 0, failures, null, null, null, null);
  }

  /** What checks of that version found. */
  public static DatasetStatus.Checks checks(
      int version, int passed, int failed, int warnings, List<String> failures) {
    return new DatasetStatus.Checks(
        "%d/%d".formatted(passed, passed + failed + warnings),
        passed,
        failed,
        warnings,
        0,
        failures,
        version,
        RECORDED,
        1,
        null);
  }

  public static DatasetStatus.Version version(int number, boolean refused) {
    return new DatasetStatus.Version(
        number, digest("dataset" + number), null, 100L, 80L, 20L, null, refused, RECORDED);
  }

  /** The gates passed. */
  public static RunResult trained(RunState run, int number) {
    return new RunResult.Train(run.uid(), result(modelVersion(run.uid(), number)));
  }

  /** A gate failed. */
  public static RunResult gateFailed(RunState run) {
    return new RunResult.Train(run.uid(), result(null));
  }

  public static ModelVersion modelVersion(String runUid, int number) {
    return new ModelVersion(
        number,
        digest("model" + number),
        "flights/1",
        digest("train"),
        digest("validation"),
        digest("code"),
        "logLoss=0.451",
        "logLoss=0.520",
        METRICS,
        null,
        runUid,
        RECORDED);
  }

  /** An inspection that finds nothing wrong. */
  public static RunResult sound(String runUid, List<Errand.Subject> versions) {
    return new RunResult.Inspection(
        runUid,
        versions.stream()
            .map(version -> new Finding(version.number(), version.digest(), null, null, null))
            .toList());
  }

  /** What an inspection that found nothing wrong leaves behind. */
  public static VersionHealth passed(ModelVersion version) {
    return new VersionHealth(
        version.number(), version.digest(), RECORDED, "Recorded", null, null, null, null, null);
  }

  private static TrainingJobStatus.Result result(ModelVersion version) {
    return new TrainingJobStatus.Result(
        "logLoss=0.451",
        "logLoss=0.520",
        METRICS,
        version == null ? List.of("logLoss is 0.451, must beat 0.520 by 0.1") : List.of(),
        5,
        4,
        version);
  }

  private static String digest(String of) {
    return Contract.digest(of);
  }
}
