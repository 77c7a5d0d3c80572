package dev.firstday.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerEnvironmentTest {
  private static final ConfigSource SOURCE =
      new ConfigSource() {
        @Override
        public Optional<Map<String, String>> configMap(String name) {
          return name.equals("settings")
              ? Optional.of(Map.of("COLOUR", "green", "SIZE", "7"))
              : Optional.empty();
        }

        @Override
        public Optional<Map<String, String>> secret(String name) {
          return name.equals("keys") ? Optional.of(Map.of("TOKEN", "t0k")) : Optional.empty();
        }
      };

  /** What every container is told: all pods share the machine's network. */
  private static final Map.Entry<String, String> OWN_ADDRESS =
      Map.entry("FIRSTDAY_BIND_ADDRESS", "127.77.0.9");

  private static final Pod POD =
      Serialization.unmarshal(
          """
          metadata: {name: web-0, namespace: team, uid: u-1, labels: {app: web}}
          spec: {containers: []}
          """,
          Pod.class);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$(A) | one",
        "x$(A)y$(B) | xoneytwo",
        "$(UNKNOWN) | $(UNKNOWN)",
        "$$(A) | $(A)",
        "$$$(A) | $one",
        "{\"cost\": \"$5\"} | {\"cost\": \"$5\"}",
        "$(A | $(A"
      })
  void expandsReferencesAsAKubeletDoes(String text, String expected) {
    assertThat(ContainerEnvironment.expand(text, Map.of("A", "one", "B", "two")))
        .isEqualTo(expected);
  }

  @Test
  void envStandsAboveEnvFromAndMayReferToIt() throws CannotStartException {
    assertThat(
            resolve(
                """
                envFrom:
                - {configMapRef: {name: settings}}
                - {prefix: S3_, secretRef: {name: keys}}
                - {secretRef: {name: absent, optional: true}}
                env:
                - {name: SIZE, value: "8"}
                - {name: LABEL, value: "$(COLOUR)-$(SIZE)"}
                """))
        .containsOnly(
            OWN_ADDRESS,
            Map.entry("COLOUR", "green"),
            Map.entry("SIZE", "8"),
            Map.entry("S3_TOKEN", "t0k"),
            Map.entry("LABEL", "green-8"));
  }

  @Test
  void readsFieldsOfThePodAndKeys() throws CannotStartException {
    assertThat(
            resolve(
                """
                env:
                - {name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
                - {name: NS, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}
                - {name: APP, valueFrom: {fieldRef: {fieldPath: "metadata.labels['app']"}}}
                - {name: TOKEN, valueFrom: {secretKeyRef: {name: keys, key: TOKEN}}}
                - {name: NONE, valueFrom: {secretKeyRef: {name: keys, key: no, optional: true}}}
                """))
        .containsOnly(
            OWN_ADDRESS,
            Map.entry("IP", "127.77.0.9"),
            Map.entry("NS", "team"),
            Map.entry("APP", "web"),
            Map.entry("TOKEN", "t0k"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "envFrom: [{secretRef: {name: absent}}] | secret \"absent\" not found",
        "envFrom: [{configMapRef: {name: absent}}] | configmap \"absent\" not found",
        "env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: no}}}] | has no key \"no\"",
        "env: [{name: A, valueFrom: {fieldRef: {fieldPath: spec.replicas}}}] | no field spec.replicas"
      })
  void saysWhatIsMissing(String yaml, String message) {
    assertThatThrownBy(() -> resolve(yaml))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining(message);
  }

  private static Map<String, String> resolve(String container) throws CannotStartException {
    return new ContainerEnvironment(POD, "127.77.0.9", SOURCE)
        .resolve(Serialization.unmarshal(container, Container.class));
  }
}
