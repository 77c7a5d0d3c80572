package dev.firstday.sdk.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Clients for an S3.
 *
 * @param patient tries again while S3 is away, as long as the settings say
 * @param once makes one attempt: a write that is tried again behind our back meets its own success
 *     and calls it a conflict
 * @param http the connections of both
 */
record S3Clients(S3Client patient, S3Client once, SdkHttpClient http) implements AutoCloseable {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

  static S3Clients connect(StoreSettings settings, AwsCredentialsProvider credentials) {
    SdkHttpClient http =
        Apache5HttpClient.builder()
            .connectionTimeout(Duration.ofSeconds(5))
            .socketTimeout(Duration.ofSeconds(30))
            .build();
    var patient = client(settings, credentials, http);
    patient.overrideConfiguration(
        c ->
            c.retryStrategy(
                DefaultRetryStrategy.standardStrategyBuilder()
                    .maxAttempts(attempts(settings.patience()))
                    .backoffStrategy(
                        BackoffStrategy.exponentialDelay(Duration.ofMillis(200), LONGEST_PAUSE))
                    .circuitBreakerEnabled(false)
                    .build()));
    var once = client(settings, credentials, http);
    once.overrideConfiguration(
        c ->
            c.retryStrategy(DefaultRetryStrategy.doNotRetry())
                .apiCallAttemptTimeout(settings.recordTimeout()));
    return new S3Clients(patient.build(), once.build(), http);
  }

  private static S3ClientBuilder client(
      StoreSettings settings, AwsCredentialsProvider credentials, SdkHttpClient http) {
    var builder =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .credentialsProvider(credentials)
            // a store that refuses a write says so before it has read the body, and closes the
            // connection; who sends the body all the same loses the answer now and then
            .serviceConfiguration(c -> c.expectContinueThresholdInBytes(0L))
            .httpClient(http);
    if (!settings.endpoint().isEmpty()) {
      builder.endpointOverride(endpoint(settings)).forcePathStyle(true);
    }
    return builder;
  }

  private static URI endpoint(StoreSettings settings) {
    try {
      URI uri = new URI(settings.endpoint());
      if (uri.getHost() != null && uri.getScheme() != null && uri.getScheme().startsWith("http")) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw notAnEndpoint(settings, e);
    }
    throw notAnEndpoint(settings, null);
  }

  private static StoreException notAnEndpoint(StoreSettings settings, Exception cause) {
    return new StoreException(
        StoreException.Reason.S3_NOT_CONFIGURED,
        "the S3 endpoint '"
            + settings.endpoint()
            + "' is not a URL: give one as http://host:port in the chart's value storage.endpoint",
        cause);
  }

  /** Pauses are random between nothing and their bound, which doubles: half of it on average. */
  private static int attempts(Duration patience) {
    return 6 + (int) (patience.toMillis() / (LONGEST_PAUSE.toMillis() / 2));
  }

  @Override
  public void close() {
    patient.close();
    once.close();
    http.close();
  }
}
