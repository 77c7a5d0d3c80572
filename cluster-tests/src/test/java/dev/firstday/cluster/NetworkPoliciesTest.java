package dev.firstday.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who may talk to whom, all of it: a policy that a cluster's network enforces must not stop what
 * the pods live by, and what it lets through by the way would not be missed.
 */
class NetworkPoliciesTest {
  private static final String DNS = "anybody 53/UDP 53/TCP";

  /** Metrics and health of the operator; what it says to the API server, to DNS and to our pods. */
  @Test
  void theOperator() {
    NetworkPolicy operator = policies(Map.of()).get("firstday");
    assertThat(ingress(operator)).containsExactly("anybody 8080/TCP");
    assertThat(egress(operator))
        .containsExactly("anybody 53/UDP 53/TCP 443/TCP 6443/TCP", "any namespace 8081/TCP");
  }

  @ParameterizedTest
  @CsvSource({
    "http://prometheus.monitoring:9090, 9090",
    "http://prometheus.monitoring/prefix, 80",
    "https://prometheus.example.org, 443"
  })
  void theOperatorAsksPrometheus(String url, int port) {
    assertThat(egress(policies(Map.of("prometheus.url", url)).get("firstday")))
        .hasSize(3)
        .contains("anybody %d/TCP".formatted(port));
  }

  /**
   * The operator asks workers how far they have come, and pushes routes to routers, which hand
   * labels to each other.
   */
  @Test
  void workloads() {
    Map<String, NetworkPolicy> policies = policies(Map.of());
    assertThat(ingress(policies.get("firstday-workers"))).containsExactly("operator 8081/TCP");
    assertThat(egress(policies.get("firstday-workers"))).containsExactly(DNS);
    // requests, and golden requests from the admin port
    assertThat(ingress(policies.get("firstday-predictors")))
        .containsExactly("router 8080/TCP 8081/TCP");
    assertThat(egress(policies.get("firstday-predictors"))).containsExactly(DNS);
    assertThat(ingress(policies.get("firstday-routers")))
        .containsExactly("anybody 8080/TCP", "operator 8081/TCP", "router 8081/TCP");
    assertThat(egress(policies.get("firstday-routers")))
        .containsExactly("predictor 8080/TCP 8081/TCP", "router 8081/TCP", DNS);
    assertThat(policies).hasSize(4);
    assertThat(policies.values())
        .allSatisfy(
            policy ->
                assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress"));
  }

  @Test
  void aGatewayReachesPredictorsToo() {
    assertThat(ingress(policies(Map.of("gatewayAPI.enabled", true)).get("firstday-predictors")))
        .containsExactly("router 8080/TCP 8081/TCP", "any namespace 8080/TCP");
  }

  /** Where S3 is, nobody here can know. */
  @Test
  void workloadsReachWhatTheValuesSayBesideDns() {
    Map<String, NetworkPolicy> policies =
        policies(Map.of("networkPolicy.workloads.egress[0].ports[0].port", 9000));
    assertThat(List.of("workers", "predictors", "routers"))
        .allSatisfy(
            pods ->
                assertThat(egress(policies.get("firstday-" + pods)))
                    .endsWith(DNS, "anybody 9000/null"));
  }

  private static Map<String, NetworkPolicy> policies(Map<String, Object> more) {
    Map<String, Object> values = new TreeMap<>(more);
    values.put("storage.bucket", "models");
    values.put("networkPolicy.enabled", true);
    values.put("networkPolicy.workloads.namespaces[0]", "ml");
    return Charts.render(values).stream()
        .filter(NetworkPolicy.class::isInstance)
        .map(NetworkPolicy.class::cast)
        .collect(Collectors.toMap(policy -> policy.getMetadata().getName(), policy -> policy));
  }

  private static List<String> ingress(NetworkPolicy policy) {
    return policy.getSpec().getIngress().stream()
        .map((NetworkPolicyIngressRule rule) -> text(rule.getFrom(), rule.getPorts()))
        .toList();
  }

  private static List<String> egress(NetworkPolicy policy) {
    return policy.getSpec().getEgress().stream()
        .map((NetworkPolicyEgressRule rule) -> text(rule.getTo(), rule.getPorts()))
        .toList();
  }

  /** No ports are all ports, and no peers are all the world. */
  private static String text(List<NetworkPolicyPeer> peers, List<NetworkPolicyPort> ports) {
    Stream<String> who =
        peers.isEmpty() ? Stream.of("anybody") : peers.stream().map(NetworkPoliciesTest::text);
    Stream<String> where =
        ports.isEmpty()
            ? Stream.of("any port")
            : ports.stream().map(port -> port.getPort().getIntVal() + "/" + port.getProtocol());
    return Stream.concat(who, where).collect(Collectors.joining(" "));
  }

  private static String text(NetworkPolicyPeer peer) {
    return peer.getPodSelector() == null
        ? "any namespace"
        : peer.getPodSelector().getMatchLabels().get("app.kubernetes.io/component");
  }
}
