package dev.firstday.cluster;

import dev.firstday.contract.PodEnvironment;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;

/** Callers' way to a Deployment's routers, not through the API server as a forwarded port is. */
record Door(Tenant tenant, String name, String model) {

  /** Callers ask while that happens. */
  void underTraffic(Consumer<Traffic> body) {
    underTraffic(Traffic.PERIOD, body);
  }

  /** The same with a request in each period. */
  void underTraffic(Duration period, Consumer<Traffic> body) {
    int port = open();
    URI ready = URI.create("http://127.0.0.1:%d/v2/health/ready".formatted(port));
    tenant.awaiting("the door").ignoreExceptions().until(() -> isReady(ready));
    try (Traffic traffic = new Traffic("http://127.0.0.1:" + port, model, Irises::flower, period)) {
      tenant.awaiting("the first answers").until(() -> traffic.answers() > 10);
      body.accept(traffic);
      System.out.printf(
          "%s: answers by version: %s, failures: %d%n",
          name, traffic.answersByVersion(), traffic.failures().size());
    }
  }

  private int open() {
    Service door =
        new ServiceBuilder()
            .withNewMetadata()
            .withName(name + "-door")
            .endMetadata()
            .withNewSpec()
            .withType("NodePort")
            .addToSelector(Trials.routers())
            .addToSelector("firstday.dev/name", name)
            .addNewPort()
            .withPort(PodEnvironment.HTTP_PORT)
            .endPort()
            .endSpec()
            .build();
    return tenant
        .client()
        .resource(door)
        .inNamespace(tenant.kubectl().namespace())
        .serverSideApply()
        .getSpec()
        .getPorts()
        .get(0)
        .getNodePort();
  }

  private static boolean isReady(URI address) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding())
            .statusCode()
        == 200;
  }
}
