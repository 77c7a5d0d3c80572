package dev.firstday.sdk.store;

import dev.firstday.contract.PodEnvironment;
import java.time.Duration;
import java.util.Map;

/**
 * Where the store is.
 *
 * @param endpoint URL of the S3 endpoint; empty: AWS's own for the region
 * @param bucket the bucket that holds all namespaces
 * @param region a region's name
 * @param prefix prefix inside the bucket, without slashes at its ends; may be empty
 * @param recordTimeout how long one attempt to write a version record may take before the log is
 *     read to see whether it was written
 * @param patience how long reads and uploads are tried again while S3 is away
 */
public record StoreSettings(
    String endpoint,
    String bucket,
    String region,
    String prefix,
    Duration recordTimeout,
    Duration patience) {
  private static final String DEFAULT_REGION = "us-east-1";

  /**
   * The settings that the operator gives to a pod.
   *
   * @throws StoreException when there is no bucket in it
   */
  public static StoreSettings fromEnvironment(Map<String, String> environment) {
    String bucket = environment.getOrDefault(PodEnvironment.S3_BUCKET, "");
    if (bucket.isBlank()) {
      throw new StoreException(
          StoreException.Reason.S3_NOT_CONFIGURED,
          "no bucket is configured: set the chart's value storage.bucket ("
              + PodEnvironment.S3_BUCKET
              + " in the pod)");
    }
    String region = environment.getOrDefault(PodEnvironment.S3_REGION, "");
    return new StoreSettings(
        environment.getOrDefault(PodEnvironment.S3_ENDPOINT, ""),
        bucket,
        region.isBlank() ? DEFAULT_REGION : region,
        environment.getOrDefault(PodEnvironment.S3_PREFIX, ""),
        Duration.ofSeconds(15),
        Duration.ofSeconds(75));
  }

  /** The same with another patience. */
  public StoreSettings withPatience(Duration other) {
    return new StoreSettings(endpoint, bucket, region, prefix, recordTimeout, other);
  }

  /** The key that all keys of a namespace begin with: {@code [prefix/]namespace/}. */
  public String root(String namespace) {
    return (prefix.isEmpty() ? "" : prefix + "/") + namespace + "/";
  }

  /** The endpoint for messages. */
  String endpointName() {
    return endpoint.isEmpty() ? "AWS S3 in " + region : endpoint;
  }
}
