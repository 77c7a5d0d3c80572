package dev.firstday.contract;

/** The variables that the operator sets and workers and servers read. */
public final class PodEnvironment {
  /** URL of the S3 endpoint; empty: AWS's own for the region. */
  public static final String S3_ENDPOINT = "FIRSTDAY_S3_ENDPOINT";

  public static final String S3_BUCKET = "FIRSTDAY_S3_BUCKET";
  public static final String S3_REGION = "FIRSTDAY_S3_REGION";

  /**
   * Prefix inside the bucket, without slashes at its ends; may be empty. The namespace is appended.
   */
  public static final String S3_PREFIX = "FIRSTDAY_S3_PREFIX";

  /** Worker: reference of the image that it is started with, by tag or by digest. */
  public static final String IMAGE = "FIRSTDAY_IMAGE";

  /** Worker: URL that takes OpenLineage events; unset: none are sent. */
  public static final String OPENLINEAGE_URL = "FIRSTDAY_OPENLINEAGE_URL";

  /** The pod's namespace (downward API). */
  public static final String NAMESPACE = "FIRSTDAY_NAMESPACE";

  /** Where a container writes its last words; the kubelet reads them from there. */
  public static final String TERMINATION_LOG = "FIRSTDAY_TERMINATION_LOG";

  /**
   * Address to listen on; unset: all. The local mode sets it, where pods share the machine's
   * network.
   */
  public static final String BIND_ADDRESS = "FIRSTDAY_BIND_ADDRESS";

  /** Predictor: name of the model, number and digest of the version to serve. */
  public static final String MODEL = "FIRSTDAY_MODEL";

  public static final String MODEL_VERSION = "FIRSTDAY_MODEL_VERSION";
  public static final String MODEL_DIGEST = "FIRSTDAY_MODEL_DIGEST";

  /**
   * Predictor: {@link dev.firstday.api.Signing} as JSON, which says whose signature the version has
   * to have.
   */
  public static final String SIGNING = "FIRSTDAY_SIGNING";

  /** Router: file with the {@link Routes} to begin with. */
  public static final String ROUTES_FILE = "FIRSTDAY_ROUTES_FILE";

  /** Router: a name that has the address of each router of the deployment; none: it is alone. */
  public static final String ROUTER_PEERS = "FIRSTDAY_ROUTER_PEERS";

  /** Router: name of the deployment, under which it stores what it captures. */
  public static final String DEPLOYMENT = "FIRSTDAY_DEPLOYMENT";

  /** Port of the V2 protocol, of predictor and router. */
  public static final int HTTP_PORT = 8080;

  /** Port of health, metrics and administration, of predictor and router. */
  public static final int ADMIN_PORT = 8081;

  private PodEnvironment() {}
}
