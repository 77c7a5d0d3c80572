package dev.firstday.cli.local;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that lets every controller look at the whole cluster, again and again: when something
 * has changed, and now and then for what only time changes.
 */
final class ControlLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlLoop.class);
  private static final long TICK_MILLIS = 500;

  private final KubernetesClient client;
  private final Controllers controllers;
  private final Clock clock;
  private final Semaphore wakes;
  private final List<SharedIndexInformer<? extends HasMetadata>> informers = new ArrayList<>();
  private final Thread thread;
  private volatile boolean closed;

  /** One look at the cluster, and what follows from it. */
  interface Controllers {
    void pass(ClusterView view) throws IOException;
  }

  /**
   * @param wakes a permit asks for a pass
   */
  ControlLoop(KubernetesClient client, Controllers controllers, Clock clock, Semaphore wakes) {
    this.client = client;
    this.controllers = controllers;
    this.clock = clock;
    this.wakes = wakes;
    this.thread = new Thread(this::run, "local-controllers");
  }

  void start() {
    informers.add(client.pods().inAnyNamespace().inform(waking()));
    informers.add(client.batch().v1().jobs().inAnyNamespace().inform(waking()));
    informers.add(client.apps().deployments().inAnyNamespace().inform(waking()));
    informers.add(client.services().inAnyNamespace().inform(waking()));
    informers.add(client.namespaces().inform(waking()));
    thread.start();
  }

  private void run() {
    while (!closed) {
      try {
        if (wakes.tryAcquire(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
          wakes.drainPermits();
        }
        if (!closed) {
          controllers.pass(ClusterView.read(client, clock.instant()));
        }
      } catch (InterruptedException e) {
        closed = true;
      } catch (KubernetesClientException | IOException e) {
        if (!closed) {
          LOG.error("a pass of the local controllers failed and is repeated", e);
        }
      }
    }
  }

  private <T extends HasMetadata> ResourceEventHandler<T> waking() {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(T object) {
        wakes.release();
      }

      @Override
      public void onUpdate(T before, T after) {
        wakes.release();
      }

      @Override
      public void onDelete(T object, boolean unknown) {
        wakes.release();
      }
    };
  }

  @Override
  public void close() {
    closed = true;
    wakes.release();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    informers.forEach(SharedIndexInformer::close);
  }
}
