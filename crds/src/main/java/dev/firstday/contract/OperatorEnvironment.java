package dev.firstday.contract;

/**
 * The variables that the chart sets and the operator reads. Beside these it gets the S3 variables
 * and {@link PodEnvironment#OPENLINEAGE_URL}, which it hands on to pods and does not use itself,
 * and {@link PodEnvironment#NAMESPACE}, its own namespace.
 */
public final class OperatorEnvironment {
  public static final String TRAINER_IMAGE = "FIRSTDAY_TRAINER_IMAGE";

  /**
   * The trainer's image for pods with NVIDIA GPUs; empty: there is none, and the other is taken.
   */
  public static final String TRAINER_CUDA_IMAGE = "FIRSTDAY_TRAINER_CUDA_IMAGE";

  public static final String SERVER_IMAGE = "FIRSTDAY_SERVER_IMAGE";

  /** Pull policy of both images; unset: Kubernetes decides. */
  public static final String IMAGE_PULL_POLICY = "FIRSTDAY_IMAGE_PULL_POLICY";

  /** Name of the Secret with S3 credentials that pods take in their own namespace. */
  public static final String CREDENTIALS_SECRET = "FIRSTDAY_CREDENTIALS_SECRET";

  /** The tenants' service account that pods run as; empty: each namespace's default. */
  public static final String SERVICE_ACCOUNT = "FIRSTDAY_SERVICE_ACCOUNT";

  /** Cpu request of a worker whose resource names none; unset: 250m. */
  public static final String WORKER_CPU = "FIRSTDAY_WORKER_CPU";

  /** Memory request and limit of a worker whose resource names none; unset: 2Gi. */
  public static final String WORKER_MEMORY = "FIRSTDAY_WORKER_MEMORY";

  /** Router pods of a deployment; unset: 1. */
  public static final String ROUTER_REPLICAS = "FIRSTDAY_ROUTER_REPLICAS";

  /** Port of the Services that callers and routers use; unset: 80. */
  public static final String SERVICE_PORT = "FIRSTDAY_SERVICE_PORT";

  /** true: endpoints name a Service's address, where nothing resolves its DNS name. */
  public static final String ENDPOINT_BY_ADDRESS = "FIRSTDAY_ENDPOINT_BY_ADDRESS";

  /** The Prometheus that checks of rollouts may ask; empty: there is none. */
  public static final String PROMETHEUS_URL = "FIRSTDAY_PROMETHEUS_URL";

  /** Namespaces to look after, separated by commas; empty: all. */
  public static final String WATCH_NAMESPACES = "FIRSTDAY_WATCH_NAMESPACES";

  /**
   * Name of the Lease, in the operator's own namespace, that the leader holds; empty: no election.
   */
  public static final String LEADER_LEASE = "FIRSTDAY_LEADER_LEASE";

  /** Port of {@code /healthz}, {@code /readyz} and {@code /metrics}. */
  public static final int HTTP_PORT = 8080;

  private OperatorEnvironment() {}
}
