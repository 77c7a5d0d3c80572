package dev.firstday.cli.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.cli.apiserver.json.Json;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WatchTest {
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final int WRITERS = 4;
  private static final int EVENTS = 10_000;

  private static RunningServer running;
  private static KubernetesClient client;

  @BeforeAll
  static void start() throws IOException {
    running = RunningServer.inMemory();
    client = running.client();
  }

  @AfterAll
  static void stop() throws IOException {
    running.close();
  }

  @Test
  void aWatchLosesNothingUnderManyWriters() throws Exception {
    running.createNamespace("busy");
    String revision =
        client.configMaps().inNamespace("busy").list().getMetadata().getResourceVersion();
    ConcurrentLinkedQueue<Long> revisions = new ConcurrentLinkedQueue<>();
    Watcher<ConfigMap> watcher =
        new Watcher<>() {
          @Override
          public void eventReceived(Action action, ConfigMap map) {
            if (action != Action.BOOKMARK) {
              revisions.add(Long.parseLong(map.getMetadata().getResourceVersion()));
            }
          }

          @Override
          public void onClose(WatcherException cause) {
            revisions.add(-1L);
          }
        };
    try (Watch watch =
        client.configMaps().inNamespace("busy").withResourceVersion(revision).watch(watcher)) {
      inParallel(WRITERS, writer -> () -> write("w" + writer, EVENTS / WRITERS));
      await().atMost(LONG).until(() -> revisions.size() >= EVENTS);
      assertThat(watch).isNotNull();
    }
    List<Long> told = List.copyOf(revisions).subList(0, EVENTS);
    assertThat(told).isSorted().doesNotHaveDuplicates();
    assertThat(told.get(0)).isGreaterThan(Long.parseLong(revision));
  }

  @Test
  void noneOfManyConflictingWritesIsLost() throws Exception {
    client.configMaps().resource(map("counter", Map.of("count", "0"))).create();
    int each = 25;
    inParallel(
        WRITERS,
        writer ->
            () -> {
              for (int done = 0; done < each; ) {
                done += incremented() ? 1 : 0;
              }
              return null;
            });
    assertThat(client.configMaps().withName("counter").get().getData())
        .containsEntry("count", Integer.toString(WRITERS * each));
  }

  @Test
  void anInformerSeesWhatFitsItsLabels() {
    running.createNamespace("labelled");
    try (SharedIndexInformer<ConfigMap> informer =
        client.configMaps().inNamespace("labelled").withLabel("team", "x").inform()) {
      ConfigMap map = map("moves", Map.of());
      map.getMetadata().setLabels(Map.of("team", "x"));
      client.configMaps().inNamespace("labelled").resource(map).create();
      await().atMost(LONG).until(() -> informer.getStore().list().size() == 1);
      label("moves", "y");
      await().atMost(LONG).until(() -> informer.getStore().list().isEmpty());
      label("moves", "x");
      await().atMost(LONG).until(() -> informer.getStore().list().size() == 1);
    }
  }

  @Test
  void aWatchTellsWhatItIsAskedFor() throws Exception {
    running.createNamespace("told");
    client.configMaps().inNamespace("told").resource(map("a", Map.of())).create();
    String path = "/api/v1/namespaces/told/configmaps?watch=1&timeoutSeconds=1";
    List<JsonNode> initial =
        lines(
            path
                + "&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan");
    assertThat(initial)
        .extracting(event -> Json.text(event, "type"))
        .containsExactly("ADDED", "BOOKMARK");
    assertThat(
            Json.text(
                initial.get(1), "object", "metadata", "annotations", "k8s.io/initial-events-end"))
        .isEqualTo("true");

    assertThat(lines(path + "&fieldSelector=metadata.name%3Dother")).isEmpty();
    List<JsonNode> future = lines(path + "&resourceVersion=999999");
    assertThat(future).extracting(event -> Json.text(event, "type")).containsExactly("ERROR");
    assertThat(future.get(0).path("object").path("code").asInt()).isEqualTo(410);
  }

  private static void label(String name, String team) {
    client
        .configMaps()
        .inNamespace("labelled")
        .withName(name)
        .edit(
            map ->
                new ConfigMapBuilder(map)
                    .editMetadata()
                    .addToLabels("team", team)
                    .endMetadata()
                    .build());
  }

  private static Void write(String name, int times) {
    client.configMaps().inNamespace("busy").resource(map(name, Map.of("n", "0"))).create();
    for (int i = 1; i < times; i++) {
      int now = i;
      client
          .configMaps()
          .inNamespace("busy")
          .withName(name)
          .patch("{\"data\":{\"n\":\"" + now + "\"}}");
    }
    return null;
  }

  private static boolean incremented() {
    ConfigMap counter = client.configMaps().withName("counter").get();
    int count = Integer.parseInt(counter.getData().get("count"));
    counter.setData(Map.of("count", Integer.toString(count + 1)));
    try {
      client.configMaps().resource(counter).update();
      return true;
    } catch (KubernetesClientException e) {
      assertThat(e.getCode()).isEqualTo(409);
      return false;
    }
  }

  private static List<JsonNode> lines(String path) throws IOException, InterruptedException {
    return running.wire().text(path).lines().map(Json::parse).toList();
  }

  private static ConfigMap map(String name, Map<String, String> data) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withData(data)
        .build();
  }

  private interface Task {
    Callable<Void> of(int writer);
  }

  private static void inParallel(int writers, Task task) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(writers);
    try {
      List<Future<Void>> running = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        running.add(pool.submit(task.of(i)));
      }
      for (Future<Void> one : running) {
        one.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
