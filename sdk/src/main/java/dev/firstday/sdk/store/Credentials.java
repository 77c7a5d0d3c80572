package dev.firstday.sdk.store;

import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Finds credentials. An endpoint of one's own is never offered what the machine's role gives. */
final class Credentials {
  private Credentials() {}

  static AwsCredentialsProvider of(StoreSettings settings, Map<String, String> environment) {
    String key = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
    String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
    String token = environment.getOrDefault("AWS_SESSION_TOKEN", "");
    if (!key.isEmpty() && !secret.isEmpty()) {
      return StaticCredentialsProvider.create(
          token.isEmpty()
              ? AwsBasicCredentials.create(key, secret)
              : AwsSessionCredentials.create(key, secret, token));
    }
    if (settings.endpoint().isEmpty()) {
      return DefaultCredentialsProvider.builder().build();
    }
    throw new StoreException(
        StoreException.Reason.S3_CREDENTIALS_MISSING,
        "no credentials for "
            + settings.endpointName()
            + ": create the Secret with the keys AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in this"
            + " namespace (its name is the chart's value storage.secretName)");
  }
}
