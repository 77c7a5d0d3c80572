package dev.firstday.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3 in a pod, and a client of it through a forwarded port. */
final class TestS3 implements AutoCloseable {
  static final String IMAGE = "firstday/test-s3";
  static final String BUCKET = "firstday";
  static final String KEY_ID = "test-key";
  static final String SECRET = "a-secret-that-nobody-may-see";
  private static final int PORT = 9000;
  private static final long TIMEOUT_SECONDS = 120;

  private final KubernetesClient kubernetes;
  private final String namespace;
  private final LocalPortForward forward;
  private final S3Client client;

  private TestS3(KubernetesClient kubernetes, String namespace, LocalPortForward forward) {
    this.kubernetes = kubernetes;
    this.namespace = namespace;
    this.forward = forward;
    client =
        S3Client.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(URI.create("http://127.0.0.1:" + forward.getLocalPort()))
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY_ID, SECRET)))
            .build();
  }

  static TestS3 start(KubernetesClient kubernetes, String namespace) {
    Pod pod = resource("/s3/pod.yaml", Pod.class);
    pod.getSpec().getContainers().get(0).setImage(IMAGE + ":" + Charts.VERSION);
    kubernetes.resource(pod).inNamespace(namespace).create();
    kubernetes
        .resource(resource("/s3/service.yaml", Service.class))
        .inNamespace(namespace)
        .create();
    var running = kubernetes.pods().inNamespace(namespace).withName(pod.getMetadata().getName());
    try {
      running.waitUntilReady(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (KubernetesClientTimeoutException e) {
      throw new IllegalStateException(
          "the S3 for tests does not start; are the images loaded (cluster-tests/load-images)?", e);
    }
    return new TestS3(kubernetes, namespace, running.portForward(PORT));
  }

  /** For pods. */
  String endpoint() {
    return "http://s3.%s.svc.cluster.local:%d".formatted(namespace, PORT);
  }

  /**
   * @param app the label of the pods to which its address leads
   */
  void leadTo(String app) {
    kubernetes
        .services()
        .inNamespace(namespace)
        .withName("s3")
        .edit(
            service ->
                new ServiceBuilder(service)
                    .editSpec()
                    .withSelector(Map.of("app", app))
                    .endSpec()
                    .build());
  }

  void put(String key, Path file) {
    client.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromFile(file));
  }

  /** How many objects there are whose keys begin so. */
  long count(String prefix) {
    return client
        .listObjectsV2Paginator(list -> list.bucket(BUCKET).prefix(prefix))
        .contents()
        .stream()
        .count();
  }

  @Override
  public void close() {
    client.close();
    try {
      forward.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T resource(String path, Class<T> type) {
    return Serialization.unmarshal(TestS3.class.getResourceAsStream(path), type);
  }
}
