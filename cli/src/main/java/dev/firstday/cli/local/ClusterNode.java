package dev.firstday.cli.local;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;

/**
 * What stands between an API server and running pods: the controllers of Jobs, Deployments and
 * Services, and a kubelet.
 */
final class ClusterNode implements AutoCloseable {
  private final Vertx vertx;
  private final ScheduledExecutorService timer;
  private final TcpProxies proxies;
  private final Kubelet kubelet;
  private final ControlLoop loop;

  private ClusterNode(
      Vertx vertx,
      ScheduledExecutorService timer,
      TcpProxies proxies,
      Kubelet kubelet,
      ControlLoop loop) {
    this.vertx = vertx;
    this.timer = timer;
    this.proxies = proxies;
    this.kubelet = kubelet;
    this.loop = loop;
  }

  static ClusterNode start(
      KubernetesClient client,
      Images images,
      LocalFolder folder,
      LoopbackAddresses podAddresses,
      StorageSecrets secrets,
      Clock clock) {
    Semaphore wakes = new Semaphore(1);
    Vertx vertx = Vertx.vertx();
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "probes");
              thread.setDaemon(true);
              return thread;
            });
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    TcpProxies proxies = new TcpProxies(vertx);
    Kubelet kubelet =
        new Kubelet(
            client,
            new LocalPod.Tools(
                images,
                namespace -> new ClusterConfigSource(client, namespace),
                http,
                timer,
                wakes::release),
            folder,
            podAddresses);
    ClusterWriter writer = new ClusterWriter(client);
    ControlLoop.Controllers controllers =
        view -> {
          List<Write> writes = new ArrayList<>(secrets.plan(view));
          writes.addAll(OrphanController.plan(view));
          writes.addAll(JobController.plan(view));
          writes.addAll(DeploymentController.plan(view));
          writes.forEach(writer::apply);
          proxies.apply(ServiceProxies.plan(view));
          kubelet.pass(view);
        };
    ControlLoop loop = new ControlLoop(client, controllers, clock, wakes);
    loop.start();
    return new ClusterNode(vertx, timer, proxies, kubelet, loop);
  }

  /**
   * Ends the processes of all pods. The objects stay: they run again when a cluster starts here.
   */
  @Override
  public void close() throws IOException {
    loop.close();
    kubelet.close();
    proxies.close();
    timer.shutdownNow();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
