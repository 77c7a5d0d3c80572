package dev.firstday.cli.local;

import dev.firstday.contract.PodEnvironment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** An S3 whose buckets are folders. */
public final class ObjectStorage implements AutoCloseable {
  static final String BUCKET = "firstday";

  /**
   * What a client needs.
   *
   * @param endpoint URL; empty: AWS's own for the region
   * @param prefix inside the bucket, without slashes at its ends; may be empty
   */
  public record Access(
      String endpoint,
      String bucket,
      String region,
      String prefix,
      String accessKey,
      String secretKey) {

    /** The same as a pod's environment. */
    public Map<String, String> environment() {
      return Map.of(
          PodEnvironment.S3_ENDPOINT,
          endpoint,
          PodEnvironment.S3_BUCKET,
          bucket,
          PodEnvironment.S3_REGION,
          region,
          PodEnvironment.S3_PREFIX,
          prefix,
          "AWS_ACCESS_KEY_ID",
          accessKey,
          "AWS_SECRET_ACCESS_KEY",
          secretKey);
    }
  }

  private final S3Proxy server;
  private final Access access;

  private ObjectStorage(S3Proxy server, Access access) {
    this.server = server;
    this.access = access;
  }

  /**
   * @param port the TCP port, or 0 for one that is free
   */
  static ObjectStorage start(Path folder, int port, String accessKey, String secretKey)
      throws IOException {
    Files.createDirectories(folder.resolve(BUCKET));
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(folder.toString()))
            .endpoint(URI.create("http://127.0.0.1:" + port))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, accessKey, secretKey)
            .build();
    try {
      server.start();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the local S3 did not start: " + e.getMessage(), e);
    }
    return new ObjectStorage(
        server,
        new Access(
            "http://127.0.0.1:" + server.getPort(), BUCKET, "us-east-1", "", accessKey, secretKey));
  }

  Access access() {
    return access;
  }

  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the local S3 did not stop: " + e.getMessage(), e);
    }
  }
}
