package dev.firstday.cluster;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.shaded.org.eclipse.jetty.server.CustomRequestLog;
import org.gaul.shaded.org.eclipse.jetty.server.Server;

/**
 * An S3 on the folder S3_DIRECTORY, at port 9000, for tests. Folders in it are buckets; S3_BUCKET
 * is made. Its log has a line for each request: {@code request from ADDRESS: METHOD PATH}.
 */
public final class S3Server {
  private S3Server() {}

  public static void main(String[] arguments) throws Exception {
    Map<String, String> environment = System.getenv();
    Path directory = Path.of(environment.get("S3_DIRECTORY"));
    makeBucket(directory, environment.get("S3_BUCKET"));
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(directory.toString()))
            .endpoint(URI.create("http://0.0.0.0:9000"))
            .awsAuthentication(
                AuthenticationType.AWS_V2_OR_V4,
                environment.get("AWS_ACCESS_KEY_ID"),
                environment.get("AWS_SECRET_ACCESS_KEY"))
            .build();
    logRequests(server);
    server.start();
  }

  /** It has no option for that. */
  private static void logRequests(S3Proxy proxy) throws ReflectiveOperationException {
    Field server = S3Proxy.class.getDeclaredField("server");
    server.setAccessible(true);
    ((Server) server.get(proxy))
        .setRequestLog(new CustomRequestLog(System.out::println, "request from %{client}a: %m %U"));
  }

  private static void makeBucket(Path directory, String bucket) throws IOException {
    Files.createDirectories(directory.resolve(bucket));
  }
}
