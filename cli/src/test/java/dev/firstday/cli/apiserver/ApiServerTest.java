package dev.firstday.cli.apiserver;

import static dev.firstday.cli.apiserver.RunningServer.PROBES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.operator.kube.EventDraft;
import dev.firstday.operator.kube.EventEmitter;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiServerTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private static RunningServer running;
  private static KubernetesClient client;
  private static Wire wire;

  @BeforeAll
  static void start() throws IOException {
    running = RunningServer.inMemory();
    client = running.client();
    wire = running.wire();
  }

  @AfterAll
  static void stop() throws IOException {
    running.close();
  }

  @Test
  void theGenerationCountsChangesOfTheSpecOnly() throws Exception {
    create("generation", "{\"name\":\"a\"}");
    String path = PROBES + "/generation";
    assertThat(generation(wire.merge(path, "{\"spec\":{\"replicas\":3}}"))).isEqualTo(2);
    assertThat(generation(wire.merge(path, "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}")))
        .isEqualTo(2);
    assertThat(generation(wire.merge(path + "/status", "{\"status\":{\"phase\":\"Done\"}}")))
        .isEqualTo(2);
    JsonNode after = wire.get(path).body();
    assertThat(Json.text(after, "status", "phase")).isEqualTo("Done");
    assertThat(after.path("spec").path("replicas").asInt()).isEqualTo(3);
  }

  @Test
  void statusAndSpecAreWrittenThroughDoorsOfTheirOwn() throws Exception {
    wire.post(
        PROBES,
        """
        {"apiVersion":"apiserver.firstday.test/v1","kind":"Probe","metadata":{"name":"doors"},
         "spec":{"name":"a"},"status":{"phase":"Forged"}}
        """);
    String path = PROBES + "/doors";
    assertThat(wire.get(path).body().has("status")).isFalse();
    wire.merge(path, "{\"status\":{\"phase\":\"Forged\"}}");
    assertThat(wire.get(path).body().has("status")).isFalse();
    wire.merge(path + "/status", "{\"status\":{\"phase\":\"Done\"},\"spec\":{\"name\":\"z\"}}");
    JsonNode after = wire.get(path).body();
    assertThat(Json.text(after, "spec", "name")).isEqualTo("a");
    assertThat(Json.text(after, "status", "phase")).isEqualTo("Done");
  }

  @Test
  void aWriteThatChangesNothingIsNoWrite() throws Exception {
    create("same", "{\"name\":\"a\"}");
    String before = version(wire.get(PROBES + "/same"));
    assertThat(version(wire.merge(PROBES + "/same", "{\"spec\":{\"name\":\"a\"}}")))
        .isEqualTo(before);
    String applied = probe("same", "{\"name\":\"a\"}");
    String afterApply = version(wire.apply(PROBES + "/same", "me", applied));
    assertThat(version(wire.apply(PROBES + "/same", "me", applied))).isEqualTo(afterApply);
  }

  @Test
  void aStaleWriteIsRefused() throws Exception {
    create("stale", "{\"name\":\"a\"}");
    JsonNode old = wire.get(PROBES + "/stale").body();
    wire.merge(PROBES + "/stale", "{\"spec\":{\"replicas\":5}}");
    Wire.Reply reply = wire.put(PROBES + "/stale", old.toString());
    assertThat(reply.code()).isEqualTo(409);
    assertThat(reply.reason()).isEqualTo("Conflict");
    assertThat(reply.message())
        .isEqualTo(
            "Operation cannot be fulfilled on probes.apiserver.firstday.test \"stale\": the object"
                + " has been modified; please apply your changes to the latest version and try"
                + " again");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET    | /apis/apiserver.firstday.test/v1/namespaces/default/probes/none | 404 | NotFound | probes.apiserver.firstday.test "none" not found
          GET    | /api/v1/namespaces/default/pods/none      | 404 | NotFound         | pods "none" not found
          GET    | /apis/nowhere.test/v1/things              | 404 | NotFound         | the server could not find the requested resource
          GET    | /api/v1/namespaces/default/pods/a/b/c     | 404 | NotFound         | the server could not find the requested resource
          DELETE | /api/v1/namespaces/default/configmaps/none | 404 | NotFound        | configmaps "none" not found
          PUT    | /api/v1/namespaces/default/pods           | 405 | MethodNotAllowed | the server does not allow this method on the requested resource
          """)
  void whatIsNotThereIsSaidSo(String method, String path, int code, String reason, String message)
      throws Exception {
    Wire.Reply reply =
        wire.send(method, path, "application/json", method.equals("PUT") ? "{}" : "");
    assertThat(reply.code()).isEqualTo(code);
    assertThat(reply.reason()).isEqualTo(reason);
    assertThat(reply.message()).isEqualTo(message);
  }

  @Test
  void anObjectIsCreatedOnceAndInANamespaceThatIsThere() throws Exception {
    create("once", "{\"name\":\"a\"}");
    Wire.Reply again = wire.post(PROBES, probe("once", "{\"name\":\"a\"}"));
    assertThat(again.code()).isEqualTo(409);
    assertThat(again.reason()).isEqualTo("AlreadyExists");
    Wire.Reply elsewhere =
        wire.post(PROBES.replace("default", "nowhere"), probe("once", "{\"name\":\"a\"}"));
    assertThat(elsewhere.code()).isEqualTo(404);
    assertThat(elsewhere.message()).isEqualTo("namespaces \"nowhere\" not found");
  }

  @Test
  void anInvalidObjectIsRefusedFieldByField() throws Exception {
    Wire.Reply reply = wire.post(PROBES, probe("bad", "{\"name\":\"\",\"low\":2,\"high\":1}"));
    assertThat(reply.code()).isEqualTo(422);
    assertThat(reply.message())
        .isEqualTo(
            "Probe.apiserver.firstday.test \"bad\" is invalid: [spec.name: Invalid value: \"\":"
                + " spec.name in body should be at least 1 chars long, spec: Invalid value:"
                + " \"object\": low must not be above high]");
    assertThat(Json.stream(reply.body().path("details").path("causes")))
        .extracting(cause -> Json.text(cause, "field"))
        .containsExactly("spec.name", "spec");
  }

  @Test
  void anUnknownFieldIsDroppedWithAWarningOrRefused() throws Exception {
    Wire.Reply warned = wire.post(PROBES, probe("unknown", "{\"name\":\"a\",\"bogus\":1}"));
    assertThat(warned.code()).isEqualTo(201);
    assertThat(warned.body().path("spec").has("bogus")).isFalse();
    assertThat(warned.response().headers().firstValue("Warning"))
        .hasValue("299 - \"unknown field \\\"spec.bogus\\\"\"");
    Wire.Reply strict =
        wire.post(
            PROBES + "?fieldValidation=Strict", probe("strict", "{\"name\":\"a\",\"bogus\":1}"));
    assertThat(strict.code()).isEqualTo(400);
    assertThat(strict.message())
        .isEqualTo(
            "Probe in version \"v1\" cannot be handled as a Probe: strict decoding error: unknown"
                + " field \"spec.bogus\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"post", "put", "merge", "apply", "delete"})
  void aDryRunAnswersAndStoresNothing(String how) throws Exception {
    String name = "dry-" + how;
    if (!how.equals("post")) {
      create(name, "{\"name\":\"a\"}");
    }
    String before = wire.get(PROBES + "/" + name).body().toString();
    String dry = "/" + name + "?dryRun=All";
    String changed = probe(name, "{\"name\":\"b\"}");
    Wire.Reply reply =
        switch (how) {
          case "post" -> wire.post(PROBES + "?dryRun=All", changed);
          case "put" -> wire.put(PROBES + dry, before.replace("\"name\":\"a\"", "\"name\":\"b\""));
          case "merge" -> wire.merge(PROBES + dry, "{\"spec\":{\"name\":\"b\"}}");
          case "apply" -> wire.apply(PROBES + dry + "&force=true", "me", changed);
          default -> wire.delete(PROBES + dry);
        };
    assertThat(reply.code()).isLessThan(300);
    assertThat(wire.get(PROBES + "/" + name).body().toString()).isEqualTo(before);
  }

  @Test
  void anObjectWithAFinalizerWaitsForIt() throws Exception {
    create("final", "{\"name\":\"a\"}");
    wire.merge(PROBES + "/final", "{\"metadata\":{\"finalizers\":[\"test.dev/hold\"]}}");
    JsonNode marked = wire.delete(PROBES + "/final").body();
    assertThat(marked.path("metadata").has("deletionTimestamp")).isTrue();
    assertThat(marked.path("metadata").path("generation").asInt()).isEqualTo(2);
    Wire.Reply another =
        wire.merge(
            PROBES + "/final",
            "{\"metadata\":{\"finalizers\":[\"test.dev/hold\",\"test.dev/more\"]}}");
    assertThat(another.code()).isEqualTo(422);
    assertThat(wire.merge(PROBES + "/final", "{\"metadata\":{\"finalizers\":null}}").code())
        .isEqualTo(200);
    assertThat(wire.get(PROBES + "/final").code()).isEqualTo(404);
  }

  @Test
  void aDeletionMayNameTheVeryObject() throws Exception {
    create("very", "{\"name\":\"a\"}");
    Wire.Reply other =
        wire.send(
            "DELETE",
            PROBES + "/very",
            "application/json",
            "{\"preconditions\":{\"uid\":\"other\"}}");
    assertThat(other.code()).isEqualTo(409);
    Wire.Reply old =
        wire.send(
            "DELETE",
            PROBES + "/very",
            "application/json",
            "{\"preconditions\":{\"resourceVersion\":\"1\"}}");
    assertThat(old.code()).isEqualTo(409);
    assertThat(wire.delete(PROBES + "/very").code()).isEqualTo(200);
  }

  @Test
  void whatAnObjectOwnsGoesWithIt() {
    ConfigMap owner = client.configMaps().resource(map("owner")).create();
    client.configMaps().resource(owned("owned", owner, true)).create();
    client
        .configMaps()
        .resource(owned("grandchild", client.configMaps().withName("owned").get(), true))
        .create();
    client.configMaps().withName("owner").delete();
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              assertThat(client.configMaps().withName("owned").get()).isNull();
              assertThat(client.configMaps().withName("grandchild").get()).isNull();
            });
  }

  @Test
  void aForegroundDeletionEndsWithTheOwner() {
    ConfigMap owner = client.configMaps().resource(map("front")).create();
    ConfigMap held = owned("front-child", owner, true);
    held.getMetadata().setFinalizers(List.of("test.dev/hold"));
    client.configMaps().resource(held).create();
    client
        .configMaps()
        .withName("front")
        .withPropagationPolicy(DeletionPropagation.FOREGROUND)
        .delete();
    await()
        .atMost(LONG)
        .until(() -> client.configMaps().withName("front-child").get().isMarkedForDeletion());
    assertThat(client.configMaps().withName("front").get().getMetadata().getFinalizers())
        .containsExactly("foregroundDeletion");
    client
        .configMaps()
        .withName("front-child")
        .edit(
            map -> new ConfigMapBuilder(map).editMetadata().withFinalizers().endMetadata().build());
    await().atMost(LONG).until(() -> client.configMaps().withName("front").get() == null);
  }

  @Test
  void anOrphanStays() {
    ConfigMap owner = client.configMaps().resource(map("leaver")).create();
    client.configMaps().resource(owned("left", owner, false)).create();
    client
        .configMaps()
        .withName("leaver")
        .withPropagationPolicy(DeletionPropagation.ORPHAN)
        .delete();
    await().atMost(LONG).until(() -> client.configMaps().withName("leaver").get() == null);
    assertThat(client.configMaps().withName("left").get().getMetadata().getOwnerReferences())
        .isEmpty();
  }

  @Test
  void aNamespaceGoesWithAllThatIsInIt() {
    running.createNamespace("doomed");
    client.configMaps().inNamespace("doomed").resource(map("a")).create();
    await()
        .atMost(LONG)
        .until(
            () -> client.serviceAccounts().inNamespace("doomed").withName("default").get() != null);
    client.namespaces().withName("doomed").delete();
    await().atMost(LONG).until(() -> client.namespaces().withName("doomed").get() == null);
    assertThat(client.configMaps().inNamespace("doomed").list().getItems()).isEmpty();
  }

  @Test
  void aServiceGetsAnAddressAndKeepsIt() {
    Service service =
        client
            .services()
            .resource(
                new ServiceBuilder()
                    .withNewMetadata()
                    .withName("addressed")
                    .endMetadata()
                    .withNewSpec()
                    .addNewPort()
                    .withPort(80)
                    .endPort()
                    .endSpec()
                    .build())
            .create();
    assertThat(service.getSpec().getClusterIP()).startsWith("127.88.");
    Service edited =
        client
            .services()
            .withName("addressed")
            .edit(
                it ->
                    new ServiceBuilder(it)
                        .editSpec()
                        .withClusterIP(null)
                        .withClusterIPs()
                        .endSpec()
                        .build());
    assertThat(edited.getSpec().getClusterIP()).isEqualTo(service.getSpec().getClusterIP());
    assertThatThrownBy(
            () ->
                client
                    .services()
                    .withName("addressed")
                    .edit(
                        it ->
                            new ServiceBuilder(it)
                                .editSpec()
                                .withClusterIP("127.88.9.9")
                                .endSpec()
                                .build()))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("may not change once set");
  }

  @Test
  void aPodOnANodeEndsWhenItsKubeletSaysSo() {
    Pod pod =
        client
            .pods()
            .resource(
                new PodBuilder()
                    .withNewMetadata()
                    .withGenerateName("run-")
                    .endMetadata()
                    .withNewSpec()
                    .withNodeName("local")
                    .addNewContainer()
                    .withName("c")
                    .withImage("i:1")
                    .endContainer()
                    .endSpec()
                    .build())
            .create();
    String name = pod.getMetadata().getName();
    assertThat(name).matches("run-[a-z0-9]{5}");
    assertThat(pod.getStatus().getPhase()).isEqualTo("Pending");
    client.pods().withName(name).delete();
    Pod ending = client.pods().withName(name).get();
    assertThat(ending.getMetadata().getDeletionGracePeriodSeconds()).isEqualTo(30);
    List<StatusDetails> ended = client.pods().withName(name).withGracePeriod(0).delete();
    assertThat(ended).hasSize(1);
    assertThat(client.pods().withName(name).get()).isNull();
  }

  @Test
  void pagesHoldEachObjectOnce() throws Exception {
    running.createNamespace("paged");
    for (int i = 0; i < 7; i++) {
      client.configMaps().inNamespace("paged").resource(map("m" + i)).create();
    }
    List<String> names = new ArrayList<>();
    String next = "";
    do {
      JsonNode page =
          wire.get("/api/v1/namespaces/paged/configmaps?limit=3&continue=" + next).body();
      Json.stream(page.path("items"))
          .forEach(item -> names.add(Json.text(item, "metadata", "name")));
      next = Json.text(page, "metadata", "continue");
    } while (!next.isEmpty());
    assertThat(names).containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6");
  }

  @Test
  void eventsOfBothGroupsAreTheSameEvents() throws Exception {
    wire.post(
        "/apis/events.k8s.io/v1/namespaces/default/events",
        """
        {"apiVersion":"events.k8s.io/v1","kind":"Event","metadata":{"name":"told"},"note":"it happened",
         "reason":"Because","type":"Normal","eventTime":"2026-01-01T00:00:00.000000Z","action":"a",
         "reportingController":"c","reportingInstance":"i","regarding":{"kind":"Pod","name":"p"}}
        """);
    JsonNode core = wire.get("/api/v1/namespaces/default/events/told").body();
    assertThat(Json.text(core, "message")).isEqualTo("it happened");
    assertThat(Json.text(core, "involvedObject", "name")).isEqualTo("p");
    JsonNode same = wire.get("/apis/events.k8s.io/v1/namespaces/default/events/told").body();
    assertThat(Json.text(same, "note")).isEqualTo("it happened");
  }

  /** As the operator tells them. */
  @Test
  void anEventThatHappensAgainRaisesItsCount() {
    EventEmitter events = new EventEmitter(client);
    ConfigMap subject =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace("default")
            .withName("told-twice")
            .withUid("uid")
            .endMetadata()
            .build();
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    List<EventDraft> drafts = List.of(EventDraft.normal("Why", "it happened"));
    events.emit(subject, drafts, noon);
    events.emit(subject, drafts, noon.plusSeconds(9));

    assertThat(client.v1().events().inNamespace("default").list().getItems())
        .filteredOn(event -> event.getInvolvedObject().getName().equals("told-twice"))
        .extracting(Event::getCount, Event::getLastTimestamp)
        .containsExactly(tuple(2, "2026-03-01T12:00:09Z"));
  }

  @Test
  void webPagesAreKeptOut() throws Exception {
    Wire.Reply reply = wire.get("/api/v1/pods");
    assertThat(reply.code()).isEqualTo(200);
    var request =
        HttpRequest.newBuilder(running.server().url().resolve("/api/v1/pods"))
            .header("Origin", "http://evil.example")
            .build();
    var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void aBodyThatIsNotUnderstoodSaysWhatIs() throws Exception {
    Wire.Reply reply = wire.send("POST", PROBES, "application/vnd.kubernetes.protobuf", "k8s");
    assertThat(reply.code()).isEqualTo(415);
    Wire.Reply strategic =
        wire.send("PATCH", PROBES + "/x", "application/strategic-merge-patch+json", "{}");
    assertThat(strategic.code()).isEqualTo(415);
    assertThat(wire.post(PROBES, "{").code()).isEqualTo(400);
  }

  private static void create(String name, String spec) throws IOException, InterruptedException {
    assertThat(wire.post(PROBES, probe(name, spec)).code()).isEqualTo(201);
  }

  private static String probe(String name, String spec) {
    return """
    {"apiVersion":"apiserver.firstday.test/v1","kind":"Probe","metadata":{"name":"%s"},"spec":%s}
    """
        .formatted(name, spec);
  }

  private static ConfigMap map(String name) {
    return new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata().build();
  }

  private static ConfigMap owned(String name, ConfigMap owner, boolean blocks) {
    return new ConfigMapBuilder(map(name))
        .editMetadata()
        .addNewOwnerReference()
        .withApiVersion("v1")
        .withKind("ConfigMap")
        .withName(owner.getMetadata().getName())
        .withUid(owner.getMetadata().getUid())
        .withBlockOwnerDeletion(blocks)
        .endOwnerReference()
        .endMetadata()
        .build();
  }

  private static long generation(Wire.Reply reply) {
    return reply.body().path("metadata").path("generation").asLong();
  }

  private static String version(Wire.Reply reply) {
    return Json.text(reply.body(), "metadata", "resourceVersion");
  }
}
