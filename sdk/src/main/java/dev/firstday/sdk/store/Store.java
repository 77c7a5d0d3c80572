package dev.firstday.sdk.store;

import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * One namespace's part of S3. Its root is derived from the namespace and from nothing else:
 *
 * <pre>
 * [prefix/]namespace/objects/sha256/&lt;hex&gt;             immutable content, named by its digest
 * [prefix/]namespace/datasets/&lt;name&gt;/versions/&lt;n&gt;.json
 * [prefix/]namespace/datasets/&lt;name&gt;/results/&lt;n&gt;.json
 * [prefix/]namespace/datasets/&lt;name&gt;/swept/&lt;n&gt;.json, &lt;n&gt;.deleted.json
 * [prefix/]namespace/datasets/&lt;name&gt;/croissant/&lt;n&gt;.json
 * [prefix/]namespace/models/&lt;name&gt;/versions/&lt;n&gt;.json
 * [prefix/]namespace/models/&lt;name&gt;/swept/&lt;n&gt;.json, &lt;n&gt;.deleted.json
 * [prefix/]namespace/models/&lt;name&gt;/signatures/&lt;n&gt;/&lt;key&gt;.sig
 * [prefix/]namespace/checkpoints/&lt;training job&gt;/&lt;run&gt;
 * [prefix/]namespace/captures/&lt;deployment&gt;/&lt;day&gt;/&lt;time&gt;-&lt;router&gt;-&lt;n&gt;.jsonl.gz
 * [prefix/]namespace/captures/&lt;deployment&gt;/keep.json
 * [prefix/]namespace/files/...                         what users upload
 * </pre>
 *
 * Threads may share it. Every method of its parts may throw a {@link StoreException}.
 */
public final class Store implements AutoCloseable {
  private static final int MAX_VERSION_BYTES = 256 * 1024;
  private static final int MAX_RECORD_BYTES = 4 * 1024 * 1024;

  private final S3Access access;
  private final String root;
  private final Clock clock;

  Store(S3Access access, String root, Clock clock) {
    this.access = access;
    this.root = root;
    this.clock = clock;
  }

  /**
   * The store of a namespace, with settings and credentials from a pod's environment ({@code
   * AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY}, {@code AWS_SESSION_TOKEN}; without these and
   * without an endpoint of one's own: AWS's usual chain). Nothing is sent yet.
   */
  public static Store open(Map<String, String> environment, String namespace) {
    return open(StoreSettings.fromEnvironment(environment), environment, namespace);
  }

  /** As {@link #open(Map, String)}, the environment being asked for credentials only. */
  public static Store open(
      StoreSettings settings, Map<String, String> environment, String namespace) {
    return open(settings, environment, namespace, Clock.systemUTC());
  }

  /**
   * As {@link #open(StoreSettings, Map, String)}.
   *
   * @param clock what the age of objects is measured by
   */
  public static Store open(
      StoreSettings settings, Map<String, String> environment, String namespace, Clock clock) {
    return new Store(
        S3Access.connect(settings, Credentials.of(settings, environment)),
        settings.root(namespace),
        clock);
  }

  /** Content by digest. */
  public ObjectStore objects() {
    return new ObjectStore(access, root, clock);
  }

  /** What users uploaded. */
  public UserFiles files() {
    return new UserFiles(access, root);
  }

  /**
   * The versions of a data set: one for each content and verdict. Which content a run stands for is
   * what its {@linkplain dev.firstday.sdk.data.ResultLog result} says.
   */
  public VersionLog datasetVersions(String dataset) {
    return VersionLog.byContent(versions("datasets/" + dataset));
  }

  /**
   * The versions of a model; a record's summary is a {@link dev.firstday.api.ModelVersion}. One
   * that retention deletes is no more: its content, recorded again, is another version.
   */
  public VersionLog modelVersions(String model) {
    return VersionLog.byContentOrRun(versions("models/" + model), modelSweepMarks(model));
  }

  private RecordLog<VersionRecord> versions(String of) {
    return new RecordLog<>(access, root, of + "/versions/", VersionRecord.class, MAX_VERSION_BYTES);
  }

  /**
   * Numbered records of another kind.
   *
   * @param prefix what their keys begin with, below the namespace's root; ends with a slash
   */
  public <T> RecordLog<T> records(String prefix, Class<T> type) {
    return new RecordLog<>(access, root, prefix, type, MAX_RECORD_BYTES);
  }

  /** The names of all data sets that have a version, a result or a mark. */
  public List<String> datasets() {
    return access.folders(access.settings().bucket(), root + "datasets/");
  }

  /** The names of all models that have a version. */
  public List<String> models() {
    return access.folders(access.settings().bucket(), root + "models/");
  }

  /** Which versions of a data set retention is about to delete, or has deleted. */
  public SweepMarks sweepMarks(String dataset) {
    return new SweepMarks(access, root + "datasets/" + dataset + "/swept/");
  }

  /** Which versions of a model retention is about to delete, or has deleted. */
  public SweepMarks modelSweepMarks(String model) {
    return new SweepMarks(access, root + "models/" + model + "/swept/");
  }

  /** The signatures of a model's versions. */
  public SignatureFiles signatures(String model) {
    return new SignatureFiles(access, root, model);
  }

  /** The requests that the routers of a deployment have captured. */
  public CaptureFiles captures(String deployment) {
    return new CaptureFiles(access, root, deployment);
  }

  /** Those of all deployments, when they are old. */
  public CaptureRetention captureRetention() {
    return new CaptureRetention(access, root);
  }

  /** Where the runs of a training job stand. */
  public CheckpointFiles checkpoints(String trainingJob) {
    return new CheckpointFiles(access, root, trainingJob);
  }

  /** Where versions of a data set are exported to. */
  public ExportFiles exports(String dataset) {
    return new ExportFiles(access, root, dataset);
  }

  @Override
  public void close() {
    access.close();
  }
}
