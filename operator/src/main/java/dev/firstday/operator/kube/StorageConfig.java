package dev.firstday.operator.kube;

import dev.firstday.contract.PodEnvironment;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import java.util.List;

/**
 * Where pods keep what they make. The operator itself never dials it and never sees a credential.
 *
 * @param endpoint URL of the S3 endpoint; empty: AWS's own for the region
 * @param prefix inside the bucket, without slashes at its ends; may be empty
 * @param credentialsSecret the Secret, in each tenant's namespace, with AWS_ACCESS_KEY_ID and
 *     AWS_SECRET_ACCESS_KEY; it may be absent where pods get an identity in another way
 */
public record StorageConfig(
    String endpoint, String bucket, String region, String prefix, String credentialsSecret) {

  List<EnvVar> environment() {
    return List.of(
        variable(PodEnvironment.S3_ENDPOINT, endpoint),
        variable(PodEnvironment.S3_BUCKET, bucket),
        variable(PodEnvironment.S3_REGION, region),
        variable(PodEnvironment.S3_PREFIX, prefix));
  }

  private static EnvVar variable(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(value).build();
  }
}
