package dev.firstday.cli.cluster;

import dev.firstday.cli.local.LocalFolder;
import dev.firstday.cli.local.LocalRecord;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.contract.PodEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
    return Cluster.find(System.getenv("KUBECONFIG"), local(checkout), namespace);
  }

  /**
   * The environment in which an object of S3 is fetched: the local cluster's, or this process's,
   * with the bucket and the prefix that the object's address names.
   */
  public Map<String, String> storage(Path checkout, ObjectAddress address) throws IOException {
    return storage(local(checkout), System.getenv(), address);
  }

  /**
   * @param local the folder that is looked at without KUBECONFIG
   * @param process this process's environment
   */
  static Map<String, String> storage(
      LocalFolder local, Map<String, String> process, ObjectAddress address) throws IOException {
    String kubeconfig = process.get("KUBECONFIG");
    // that of a local cluster lies in its folder
    LocalFolder folder =
        kubeconfig == null
            ? local
            : new LocalFolder(Path.of(kubeconfig).toAbsolutePath().resolveSibling("."));
    Optional<LocalRecord> here =
        folder.isElsewhere(kubeconfig) ? Optional.empty() : LocalRecord.read(folder);
    if (here.isPresent()) {
      return here.get().storage().environment();
    }
    Map<String, String> environment = new HashMap<>(process);
    environment.put(PodEnvironment.S3_BUCKET, address.bucket());
    environment.put(PodEnvironment.S3_PREFIX, address.prefix());
    return environment;
  }

  private LocalFolder local(Path checkout) {
    return new LocalFolder(dir == null ? checkout.resolve(".firstday") : dir);
  }
}
