package dev.firstday.operator;

import dev.firstday.contract.OperatorEnvironment;
import dev.firstday.contract.PodEnvironment;
import dev.firstday.operator.deployment.DeploymentConfig;
import dev.firstday.operator.kube.PodConfig;
import dev.firstday.operator.kube.StorageConfig;
import dev.firstday.operator.worker.DefaultResources;
import dev.firstday.operator.worker.WorkerConfig;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What an operator is told when it starts.
 *
 * @param worker pods that build data sets and train
 * @param deployment pods that predict and route
 * @param namespaces the ones looked after; empty: all
 * @param leaderLease name of the Lease that the one acting operator holds; empty: no election
 * @param namespace the operator's own; the Lease is there
 * @param identity whom the Lease names as its holder: the pod
 */
public record OperatorConfig(
    WorkerConfig worker,
    DeploymentConfig deployment,
    Set<String> namespaces,
    String leaderLease,
    String namespace,
    String identity) {
  private static final String DEFAULT_CREDENTIALS_SECRET = "firstday-s3";
  private static final String DEFAULT_CPU = "250m";
  private static final String DEFAULT_MEMORY = "2Gi";
  private static final DefaultResources PREDICTOR_RESOURCES = new DefaultResources("100m", "1Gi");
  private static final DefaultResources ROUTER_RESOURCES = new DefaultResources("100m", "384Mi");
  private static final Quantity WORKER_TMP = new Quantity("8Gi");

  /**
   * @throws IllegalArgumentException when a variable without a default is not set; the message
   *     names it
   */
  public static OperatorConfig of(Map<String, String> environment) {
    Environment given = new Environment(environment);
    StorageConfig storage =
        new StorageConfig(
            given.or(PodEnvironment.S3_ENDPOINT, ""),
            given.required(PodEnvironment.S3_BUCKET),
            given.or(PodEnvironment.S3_REGION, "us-east-1"),
            given.or(PodEnvironment.S3_PREFIX, ""),
            given.or(OperatorEnvironment.CREDENTIALS_SECRET, DEFAULT_CREDENTIALS_SECRET));
    return new OperatorConfig(
        new WorkerConfig(
            pod(given, OperatorEnvironment.TRAINER_IMAGE, storage),
            given.required(OperatorEnvironment.SERVER_IMAGE),
            given.or(OperatorEnvironment.TRAINER_CUDA_IMAGE, ""),
            new DefaultResources(
                given.or(OperatorEnvironment.WORKER_CPU, DEFAULT_CPU),
                given.or(OperatorEnvironment.WORKER_MEMORY, DEFAULT_MEMORY)),
            WORKER_TMP,
            given.or(PodEnvironment.OPENLINEAGE_URL, "")),
        new DeploymentConfig(
            pod(given, OperatorEnvironment.SERVER_IMAGE, storage),
            PREDICTOR_RESOURCES,
            ROUTER_RESOURCES,
            given.number(OperatorEnvironment.ROUTER_REPLICAS, 1),
            given.number(OperatorEnvironment.SERVICE_PORT, DeploymentConfig.HTTP),
            Boolean.parseBoolean(given.or(OperatorEnvironment.ENDPOINT_BY_ADDRESS, "false")),
            given.url(OperatorEnvironment.PROMETHEUS_URL)),
        Set.copyOf(given.list(OperatorEnvironment.WATCH_NAMESPACES)),
        given.or(OperatorEnvironment.LEADER_LEASE, ""),
        given.or(PodEnvironment.NAMESPACE, "default"),
        given.or("HOSTNAME", UUID.randomUUID().toString()));
  }

  private static PodConfig pod(Environment given, String image, StorageConfig storage) {
    return new PodConfig(
        given.required(image),
        given.or(OperatorEnvironment.IMAGE_PULL_POLICY, ""),
        given.or(OperatorEnvironment.SERVICE_ACCOUNT, ""),
        storage);
  }

  private record Environment(Map<String, String> variables) {

    String required(String name) {
      String value = or(name, "");
      if (value.isEmpty()) {
        throw new IllegalArgumentException(
            "the variable %s is not set; the chart sets it, a start by hand has to"
                .formatted(name));
      }
      return value;
    }

    String or(String name, String otherwise) {
      String value = variables.get(name);
      return value == null || value.isBlank() ? otherwise : value.strip();
    }

    /** Empty when it is not set. */
    String url(String name) {
      String value = or(name, "");
      if (!value.isEmpty() && !value.matches("https?://[^\\s]+")) {
        throw new IllegalArgumentException(
            "the variable %s is no URL that begins with http:// or https://: %s"
                .formatted(name, value));
      }
      return value;
    }

    int number(String name, int otherwise) {
      String value = or(name, String.valueOf(otherwise));
      try {
        return Integer.parseInt(value);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "the variable %s is not a number: %s".formatted(name, value), e);
      }
    }

    List<String> list(String name) {
      return Arrays.stream(or(name, "").split(","))
          .map(String::strip)
          .filter(item -> !item.isEmpty())
          .distinct()
          .toList();
    }
  }
}
