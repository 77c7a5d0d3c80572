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
  private static final String KUBECONFIG = "KUBECONFIG";

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "Namespace. Left out: the kubeconfig's own.")
  private String namespace;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Folder of a local cluster, which is looked at then whatever KUBECONFIG says. Left out, and"
              + " without KUBECONFIG: .firstday of this checkout.")
  private Path dir;

  public Cluster find(Path checkout) throws IOException, CommandFailure {
    // the client warns of versions that are not v1, at each use
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
    if (dir != null && LocalRecord.read(local(checkout)).flatMap(LocalRecord::process).isEmpty()) {
      throw new CommandFailure("no local cluster runs in %s, which --dir names".formatted(dir));
    }
    return Cluster.find(environment().get(KUBECONFIG), local(checkout), namespace);
  }

  /**
   * The environment in which an object of S3 is fetched: the local cluster's, or this process's,
   * with the bucket and the prefix that the object's address names.
   */
  public Map<String, String> storage(Path checkout, ObjectAddress address) throws IOException {
    return storage(local(checkout), environment(), address);
  }

  /**
   * The environment in which files of S3 are written: the local cluster's, or this process's.
   *
   * @throws CommandFailure when the latter names no bucket
   */
  public Map<String, String> storage(Path checkout) throws IOException, CommandFailure {
    Map<String, String> environment = storage(local(checkout), environment());
    if (environment.getOrDefault(PodEnvironment.S3_BUCKET, "").isBlank()) {
      throw new CommandFailure(
          "set %s to the bucket of the chart's value storage.bucket (and %s to its storage.prefix)"
              .formatted(PodEnvironment.S3_BUCKET, PodEnvironment.S3_PREFIX));
    }
    return environment;
  }

  /**
   * @param local the folder that is looked at without KUBECONFIG
   * @param process this process's environment
   */
  static Map<String, String> storage(
      LocalFolder local, Map<String, String> process, ObjectAddress address) throws IOException {
    Map<String, String> environment = new HashMap<>(storage(local, process));
    if (here(local, process).isEmpty()) {
      environment.put(PodEnvironment.S3_BUCKET, address.bucket());
      environment.put(PodEnvironment.S3_PREFIX, address.prefix());
    }
    return environment;
  }

  private static Map<String, String> storage(LocalFolder local, Map<String, String> process)
      throws IOException {
    return here(local, process).map(record -> record.storage().environment()).orElse(process);
  }

  /** The local cluster, unless KUBECONFIG names another. */
  private static Optional<LocalRecord> here(LocalFolder local, Map<String, String> process)
      throws IOException {
    String kubeconfig = process.get(KUBECONFIG);
    // that of a local cluster lies in its folder
    LocalFolder folder =
        kubeconfig == null
            ? local
            : new LocalFolder(Path.of(kubeconfig).toAbsolutePath().resolveSibling("."));
    return folder.isElsewhere(kubeconfig) ? Optional.empty() : LocalRecord.read(folder);
  }

  /** This process's, as far as it has a say. */
  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    if (dir != null) {
      environment.remove(KUBECONFIG);
    }
    return environment;
  }

  private LocalFolder local(Path checkout) {
    return new LocalFolder(dir == null ? checkout.resolve(".firstday") : dir);
  }
}
