package dev.firstday.cli.cluster;

import dev.firstday.cli.local.LocalFolder;
import dev.firstday.cli.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which cluster, and where on it. */
public final class ClusterOptions {
  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "Namespace. Left out: the kubeconfig's own.")
  private String namespace;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Folder of the local cluster, which is looked at without KUBECONFIG. Left out: .firstday of this"
              + " checkout.")
  private Path dir;

  public Cluster find(Path checkout) throws IOException, CommandFailure {
    // the client warns of versions that are not v1, at each use
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
    LocalFolder local = new LocalFolder(dir == null ? checkout.resolve(".firstday") : dir);
    return Cluster.find(System.getenv("KUBECONFIG"), local, namespace);
  }
}
