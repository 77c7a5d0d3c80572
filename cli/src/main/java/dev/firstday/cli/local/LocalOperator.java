package dev.firstday.cli.local;

import dev.firstday.contract.OperatorEnvironment;
import dev.firstday.contract.PodEnvironment;
import dev.firstday.operator.OperatorConfig;
import java.util.Map;

/**
 * How the operator is told about a local cluster: by the variables that the chart sets elsewhere.
 */
final class LocalOperator {
  /** The usual one, 80, belongs to the superuser. */
  private static final String SERVICE_PORT = "8080";

  private LocalOperator() {}

  static OperatorConfig config(ObjectStorage.Access storage) {
    return OperatorConfig.of(
        Map.of(
            OperatorEnvironment.TRAINER_IMAGE,
            LocalImages.TRAINER,
            OperatorEnvironment.SERVER_IMAGE,
            LocalImages.SERVER,
            OperatorEnvironment.CREDENTIALS_SECRET,
            StorageSecrets.NAME,
            OperatorEnvironment.ENDPOINT_BY_ADDRESS,
            "true",
            OperatorEnvironment.SERVICE_PORT,
            SERVICE_PORT,
            PodEnvironment.S3_ENDPOINT,
            storage.endpoint(),
            PodEnvironment.S3_BUCKET,
            storage.bucket(),
            PodEnvironment.S3_REGION,
            storage.region(),
            PodEnvironment.S3_PREFIX,
            storage.prefix()));
  }
}
