package dev.firstday.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firstday.cli.local.LocalCluster;
import dev.firstday.cli.local.LocalFolder;
import dev.firstday.cli.local.LocalImages;
import dev.firstday.cli.local.LocalRecord;
import dev.firstday.cli.local.LocalStop;
import dev.firstday.operator.kube.LeanClient;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.StoreException;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code firstday demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Takes an example from files to the predictions of a promoted model: on this machine, or, with"
            + " KUBECONFIG set, on that cluster.")
public final class DemoCommand implements Callable<Integer> {
  private final Path checkout;

  @Parameters(
      arity = "0..1",
      paramLabel = "EXAMPLE",
      description = "Folder with *.yaml and data/. Left out: examples/flights of this checkout.")
  private Path folder;

  @Option(names = "--once", description = "End after the predictions.")
  private boolean once;

  @Option(
      names = "--json",
      description = "Print one line of JSON at the end; progress goes to standard error.")
  private boolean json;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Folder of all state of the local cluster. Left out: this checkout's .firstday.")
  private Path dir;

  @Option(names = "--stop", description = "End what runs in that folder, and remove the folder.")
  private boolean stop;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "Namespace on a cluster. Left out: the kubeconfig's own.")
  private String namespace;

  @Option(
      names = "--timeout",
      paramLabel = "MINUTES",
      defaultValue = "30",
      description = "Give up after this time (${DEFAULT-VALUE}).")
  private long timeoutMinutes;

  /**
   * @param checkout where the modules were built
   */
  public DemoCommand(Path checkout) {
    this.checkout = checkout;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintStream out = json ? System.err : System.out;
    Progress progress =
        new Progress(out, Boolean.getBoolean("firstday.terminal." + (json ? "err" : "out")));
    LocalFolder local = new LocalFolder(dir == null ? checkout.resolve(".firstday") : dir);
    try {
      if (stop) {
        return stop(local, progress);
      }
      System.setProperty("org.slf4j.simpleLogger.logFile", logFile(local));
      return run(local, progress);
    } catch (DemoFailure | StoreException e) {
      progress.line("");
      progress.line("firstday demo: " + e.getMessage());
      return 1;
    }
  }

  private int stop(LocalFolder local, Progress progress) throws IOException {
    boolean ran = LocalStop.stop(local);
    LocalStop.remove(local);
    progress.line(
        (ran ? "Stopped the local cluster; removed " : "Nothing ran; removed ") + local.root());
    return 0;
  }

  private int run(LocalFolder local, Progress progress)
      throws IOException, InterruptedException, DemoFailure {
    Example example = Example.read(folder == null ? checkout.resolve("examples/flights") : folder);
    Stopwatch watch = new Stopwatch();
    Optional<String> build = Optional.ofNullable(System.getProperty("firstday.build.seconds"));
    build.ifPresent(seconds -> watch.add("build", Double.parseDouble(seconds)));
    boolean cluster = local.isElsewhere(System.getenv("KUBECONFIG"));
    Optional<LocalRecord> running =
        LocalRecord.read(local).filter(record -> record.process().isPresent());
    try (Place place =
        cluster
            ? cluster(progress)
            : running.isPresent()
                ? attach(running.get(), local, progress)
                : start(local, progress, watch)) {
      DemoResult result =
          new Demo(
                  place,
                  example,
                  progress,
                  watch,
                  new Follower(place, Follower.in(Duration.ofMinutes(timeoutMinutes))))
              .run();
      if (json) {
        System.out.println(new ObjectMapper().writeValueAsString(result));
      }
      if (!once && !cluster && running.isEmpty()) {
        progress.line("");
        progress.line(
            "  The cluster runs until Ctrl-C; firstday demo --stop also removes " + local.root());
        new CountDownLatch(1).await();
      }
      return 0;
    }
  }

  private Place start(LocalFolder local, Progress progress, Stopwatch watch) throws IOException {
    progress.begin("Cluster");
    LocalCluster cluster =
        LocalCluster.start(
            local, LocalImages.of(checkout), part -> progress.update("starting " + part));
    Thread hook =
        new Thread(
            () -> {
              try {
                cluster.close();
              } catch (IOException e) {
                System.err.println(e.getMessage());
              }
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    progress.done(
        "API server " + cluster.client().getMasterUrl() + ", S3 " + cluster.storage().endpoint(),
        watch.lap("cluster"));
    return new LocalPlace(cluster.client(), cluster.storage(), local, cluster);
  }

  private static Place attach(LocalRecord running, LocalFolder local, Progress progress) {
    progress.line(
        "  The cluster in " + local.root() + " runs already (process " + running.pid() + ").");
    KubernetesClient client =
        LocalCluster.client(URI.create("http://127.0.0.1:" + running.apiPort()));
    return new LocalPlace(client, running.storage(), local, client);
  }

  private Place cluster(Progress progress) {
    KubernetesClient client = LeanClient.builder().build();
    String chosen = namespace == null ? client.getNamespace() : namespace;
    progress.line("  On the cluster " + client.getMasterUrl() + ", namespace " + chosen + ".");
    return new ClusterPlace(client, chosen, Store.open(System.getenv(), chosen));
  }

  private static String logFile(LocalFolder local) throws IOException {
    Files.createDirectories(local.logs());
    return local.operatorLog().toString();
  }
}
