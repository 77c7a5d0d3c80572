package dev.firstday.sdk.store;

import dev.firstday.contract.PodEnvironment;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * An S3 in memory, in this process, with a bucket, and faults on demand: {@link #environment} leads
 * through {@link #faults()}; {@link #upload} and {@link #tamper} go past them.
 */
public final class S3Fixture implements AutoCloseable {
  public static final String BUCKET = "firstday-test";
  private static final String KEY_ID = "test-key";
  private static final String SECRET = "test-secret";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final S3Proxy server;
  private final FaultProxy faults;
  private final S3Client client;

  private S3Fixture(AuthenticationType authentication) {
    var builder =
        S3Proxy.builder()
            .blobStore(new TransientNio2BlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"));
    if (authentication != AuthenticationType.NONE) {
      builder.awsAuthentication(authentication, KEY_ID, SECRET);
    }
    server = builder.build();
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("S3Proxy does not start", e);
    }
    faults = new FaultProxy(server.getPort());
    client =
        S3Client.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(URI.create(directly()))
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY_ID, SECRET)))
            .build();
    createBucket(BUCKET);
  }

  /** A server with a bucket {@link #BUCKET}. */
  public static S3Fixture start() {
    return new S3Fixture(AuthenticationType.AWS_V2_OR_V4);
  }

  /** One that does not look at signatures, so that faults may change requests. */
  public static S3Fixture startWithoutAuthentication() {
    return new S3Fixture(AuthenticationType.NONE);
  }

  public FaultProxy faults() {
    return faults;
  }

  /** What a pod in that namespace finds in its environment. */
  public Map<String, String> environment(String namespace) {
    return Map.of(
        PodEnvironment.S3_ENDPOINT,
        endpoint(),
        PodEnvironment.S3_BUCKET,
        BUCKET,
        PodEnvironment.S3_PREFIX,
        "team",
        PodEnvironment.NAMESPACE,
        namespace,
        "AWS_ACCESS_KEY_ID",
        KEY_ID,
        "AWS_SECRET_ACCESS_KEY",
        SECRET);
  }

  /** The URL that leads through the faults. */
  public String endpoint() {
    return "http://127.0.0.1:" + faults.port();
  }

  private String directly() {
    return "http://127.0.0.1:" + server.getPort();
  }

  public StoreSettings settings() {
    return settings(PATIENCE);
  }

  private StoreSettings settings(Duration recordTimeout) {
    return settings(endpoint(), recordTimeout);
  }

  private static StoreSettings settings(String endpoint, Duration recordTimeout) {
    return new StoreSettings(endpoint, BUCKET, "us-east-1", "team", recordTimeout, Duration.ZERO);
  }

  /** The store of a namespace, with {@link #settings()}. */
  public Store store(String namespace) {
    return Store.open(settings(), environment(namespace), namespace);
  }

  /** The same, which soon gives up waiting for the answer to a record: for faults that hang. */
  public Store impatientStore(String namespace) {
    return Store.open(settings(Duration.ofSeconds(2)), environment(namespace), namespace);
  }

  /** The same, at another time, as far as the age of objects goes. */
  public Store store(String namespace, Clock clock) {
    return Store.open(settings(), environment(namespace), namespace, clock);
  }

  /**
   * The same, past the faults, which open a connection for every request: for what a test that cuts
   * off hundreds of runs does before and after each.
   */
  public Store calmStore(String namespace, Clock clock) {
    return Store.open(settings(directly(), PATIENCE), environment(namespace), namespace, clock);
  }

  /** The keys of a namespace, in order, without what they all begin with. */
  public List<String> keys(String namespace) {
    String root = settings().root(namespace);
    return client.listObjectsV2Paginator(r -> r.bucket(BUCKET).prefix(root)).contents().stream()
        .map(o -> o.key().substring(root.length()))
        .toList();
  }

  public void createBucket(String bucket) {
    client.createBucket(r -> r.bucket(bucket));
  }

  /** Puts a file below the namespace's {@code files/}. */
  public void upload(String namespace, String name, byte[] content) {
    put(settings().root(namespace) + "files/" + name, content);
  }

  /** Puts a text file below the namespace's {@code files/}. */
  public void upload(String namespace, String name, String content) {
    upload(namespace, name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Overwrites what an object of the namespace holds. */
  public void tamper(String namespace, String digest, byte[] content) {
    put(settings().root(namespace) + "objects/sha256/" + digest, content);
  }

  /** Deletes an object of the namespace. */
  public void lose(String namespace, String digest) {
    client.deleteObject(
        r -> r.bucket(BUCKET).key(settings().root(namespace) + "objects/sha256/" + digest));
  }

  /** Overwrites any key. */
  public void put(String key, byte[] content) {
    client.putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromBytes(content));
  }

  @Override
  public void close() throws IOException {
    client.close();
    faults.close();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException("S3Proxy does not stop", e);
    }
  }
}
