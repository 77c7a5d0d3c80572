package dev.firstday.cli.local;

import dev.firstday.api.Firstday;
import dev.firstday.cli.apiserver.ApiServer;
import dev.firstday.cli.apiserver.ApiServerConfig;
import dev.firstday.cli.apiserver.State;
import dev.firstday.operator.FirstdayOperator;
import dev.firstday.operator.kube.LeanClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/** All of a cluster in this process, but for the pods, which are processes of their own. */
public final class LocalCluster implements Closeable {
  private static final String NAMESPACE = "default";
  private static final int KEY_BYTES = 20;

  private final LocalFolder folder;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private ObjectStorage s3;
  private ObjectStorage.Access storage;
  private KubernetesClient client;
  private FirstdayOperator operator;

  private LocalCluster(LocalFolder folder) {
    this.folder = folder;
  }

  /**
   * Starts a cluster, or goes on with the one that was stopped in this folder.
   *
   * @param step gets the name of each part before it starts
   * @throws IOException when one runs in this folder already, or a part does not start
   */
  public static LocalCluster start(LocalFolder folder, Images images, Consumer<String> step)
      throws IOException {
    LocalCluster cluster = new LocalCluster(folder);
    try {
      cluster.startParts(images, step);
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private void startParts(Images images, Consumer<String> step) throws IOException {
    Files.createDirectories(folder.root());
    Files.createDirectories(folder.logs());
    parts.push(lock());
    Optional<LocalRecord> before = LocalRecord.read(folder);

    step.accept("S3");
    s3 =
        ObjectStorage.start(
            folder.s3(),
            before.map(record -> URI.create(record.storage().endpoint()).getPort()).orElse(0),
            before.map(record -> record.storage().accessKey()).orElse("firstday"),
            before.map(record -> record.storage().secretKey()).orElseGet(LocalCluster::newKey));
    parts.push(this::stopStorage);
    storage = s3.access();

    step.accept("API server");
    LoopbackAddresses serviceAddresses = new LoopbackAddresses("127.88", folder.root().toString());
    ApiServer api =
        ApiServer.start(
            new ApiServerConfig(
                "127.0.0.1",
                before.map(LocalRecord::apiPort).orElse(0),
                new State.Folder(folder.state()),
                (namespace, service) -> serviceAddresses.allocate(namespace + "/" + service),
                (namespace, pod, container, previous) -> folder.podLog(namespace, pod, previous)));
    parts.push(api);
    api.kubeconfig(folder.kubeconfig());
    client = client(api.url());
    parts.push(client);
    client.services().inAnyNamespace().list().getItems().stream()
        .map(service -> service.getSpec().getClusterIP())
        .filter(address -> address != null)
        .forEach(serviceAddresses::reserve);
    installKinds();

    step.accept("operator");
    startOperator();
    parts.push(
        ClusterNode.start(
            client,
            images,
            folder,
            new LoopbackAddresses("127.77", folder.root().toString()),
            new StorageSecrets(storage),
            Clock.systemUTC()));
    LocalRecord.ofThisProcess(api.url().getPort(), storage).write(folder);
  }

  private AutoCloseable lock() throws IOException {
    FileChannel channel =
        FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw new IOException(
          "another process runs or starts a cluster in "
              + folder.root()
              + "; stop it with --stop, or choose another folder with --dir");
    }
    return channel;
  }

  private void installKinds() throws IOException {
    if (client.namespaces().withName(NAMESPACE).get() == null) {
      client
          .namespaces()
          .resource(
              new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
          .create();
    }
    for (var kind : Firstday.KINDS) {
      String file = "/crds/" + HasMetadata.getFullResourceName(kind) + ".yaml";
      try (InputStream yaml = LocalCluster.class.getResourceAsStream(file)) {
        client
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .load(yaml)
            .forceConflicts()
            .serverSideApply();
      }
    }
  }

  private void startOperator() {
    operator = new FirstdayOperator(LocalOperator.config(storage), client, Clock.systemUTC());
    operator.start();
  }

  /** Stops the operator and starts it anew, as a crash or an update would. */
  public void restartOperator() {
    operator.close();
    startOperator();
  }

  /** Ends the S3, as an outage would. What it holds stays. */
  public void stopStorage() throws IOException {
    s3.close();
  }

  /** Starts the S3 again, at the same address. */
  public void startStorage() throws IOException {
    s3 =
        ObjectStorage.start(
            folder.s3(),
            URI.create(storage.endpoint()).getPort(),
            storage.accessKey(),
            storage.secretKey());
  }

  /** A client of the cluster in the folder, for whoever runs it. */
  public static KubernetesClient client(URI apiServer) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(apiServer.toString())
            .withNamespace(NAMESPACE)
            .withHttp2Disable(true)
            .build();
    return LeanClient.builder().withConfig(config).build();
  }

  public KubernetesClient client() {
    return client;
  }

  public ObjectStorage.Access storage() {
    return storage;
  }

  private static String newKey() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return HexFormat.of().formatHex(key);
  }

  /** Ends what was started, last first. What it has stays in the folder. */
  @Override
  public synchronized void close() throws IOException {
    IOException failure = null;
    if (operator != null) {
      operator.close();
      operator = null;
    }
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        IOException next = new IOException("the local cluster did not end cleanly", e);
        if (failure == null) {
          failure = next;
        } else {
          failure.addSuppressed(next);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
