package dev.firstday.sdk.store;

import java.util.Map;

/**
 * One namespace's part of S3. Its root is derived from the namespace and from nothing else:
 *
 * <pre>
 * [prefix/]namespace/objects/sha256/&lt;hex&gt;             immutable content, named by its digest
 * [prefix/]namespace/datasets/&lt;name&gt;/versions/&lt;n&gt;.json
 * [prefix/]namespace/models/&lt;name&gt;/versions/&lt;n&gt;.json
 * [prefix/]namespace/files/...                         what users upload
 * </pre>
 *
 * Threads may share it. Every method of its parts may throw a {@link StoreException}.
 */
public final class Store implements AutoCloseable {
  private final S3Access access;
  private final String root;

  Store(S3Access access, String root) {
    this.access = access;
    this.root = root;
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
    return new Store(
        S3Access.connect(settings, Credentials.of(settings, environment)),
        settings.root(namespace));
  }

  /** Content by digest. */
  public ObjectStore objects() {
    return new ObjectStore(access, root);
  }

  /** What users uploaded. */
  public UserFiles files() {
    return new UserFiles(access, root);
  }

  /** The versions of a data set. */
  public VersionLog datasetVersions(String dataset) {
    return new VersionLog(access, root, root + "datasets/" + dataset + "/versions/");
  }

  /** The versions of a model; a record's summary is a {@link dev.firstday.api.ModelVersion}. */
  public VersionLog modelVersions(String model) {
    return new VersionLog(access, root, root + "models/" + model + "/versions/");
  }

  @Override
  public void close() {
    access.close();
  }
}
