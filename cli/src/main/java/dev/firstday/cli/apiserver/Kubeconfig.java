package dev.firstday.cli.apiserver;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The file that points kubectl, and every other client, at this server. */
final class Kubeconfig {
  private Kubeconfig() {}

  static void write(URI server, Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    Path draft = Files.createTempFile(parent, file.getFileName().toString(), ".tmp");
    Files.writeString(draft, content(server));
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String content(URI server) {
    return """
    apiVersion: v1
    kind: Config
    clusters:
    - name: firstday
      cluster:
        server: %s
    users:
    - name: firstday
      user: {}
    contexts:
    - name: firstday
      context:
        cluster: firstday
        user: firstday
        namespace: default
    current-context: firstday
    """
        .formatted(server);
  }
}
