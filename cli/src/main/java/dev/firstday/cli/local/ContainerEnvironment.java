package dev.firstday.cli.local;

import dev.firstday.contract.PodEnvironment;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A container's variables, resolved in the order and by the rules of a kubelet. */
final class ContainerEnvironment {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$(?:(\\$)|\\(([A-Za-z_.\\-][A-Za-z0-9_.\\-]*)\\))");
  private static final Pattern MAP_FIELD =
      Pattern.compile("metadata\\.(labels|annotations)\\['([^']+)'\\]");

  private final Pod pod;
  private final String podIp;
  private final ConfigSource source;

  ContainerEnvironment(Pod pod, String podIp, ConfigSource source) {
    this.pod = pod;
    this.podIp = podIp;
    this.source = source;
  }

  /** envFrom first, then env on top of it; a variable may refer to those before it. */
  Map<String, String> resolve(Container container) throws CannotStartException {
    Map<String, String> variables = new LinkedHashMap<>();
    // all pods share the machine's network: each may listen on its own address only
    variables.put(PodEnvironment.BIND_ADDRESS, podIp);
    for (EnvFromSource from : container.getEnvFrom()) {
      addAll(from, variables);
    }
    for (EnvVar variable : container.getEnv()) {
      Optional<String> value = value(variable, variables);
      if (value.isPresent()) {
        variables.put(variable.getName(), value.get());
      }
    }
    return variables;
  }

  private void addAll(EnvFromSource from, Map<String, String> variables)
      throws CannotStartException {
    String prefix = from.getPrefix() == null ? "" : from.getPrefix();
    Map<String, String> values;
    if (from.getConfigMapRef() != null) {
      var reference = from.getConfigMapRef();
      values =
          require(
                  source.configMap(reference.getName()),
                  Boolean.TRUE.equals(reference.getOptional()),
                  "configmap \"" + reference.getName() + "\" not found")
              .orElse(Map.of());
    } else if (from.getSecretRef() != null) {
      var reference = from.getSecretRef();
      values =
          require(
                  source.secret(reference.getName()),
                  Boolean.TRUE.equals(reference.getOptional()),
                  "secret \"" + reference.getName() + "\" not found")
              .orElse(Map.of());
    } else {
      throw CannotStartException.configuration(
          "envFrom: local mode reads configMapRef and secretRef");
    }
    values.forEach((key, value) -> variables.put(prefix + key, value));
  }

  private Optional<String> value(EnvVar variable, Map<String, String> before)
      throws CannotStartException {
    if (variable.getValueFrom() == null) {
      return Optional.of(variable.getValue() == null ? "" : expand(variable.getValue(), before));
    }
    EnvVarSource from = variable.getValueFrom();
    if (from.getFieldRef() != null) {
      return Optional.of(field(from.getFieldRef().getFieldPath()));
    }
    if (from.getConfigMapKeyRef() != null) {
      var reference = from.getConfigMapKeyRef();
      return require(
          source.configMap(reference.getName()).map(values -> values.get(reference.getKey())),
          Boolean.TRUE.equals(reference.getOptional()),
          "configmap \"" + reference.getName() + "\" has no key \"" + reference.getKey() + "\"");
    }
    if (from.getSecretKeyRef() != null) {
      var reference = from.getSecretKeyRef();
      return require(
          source.secret(reference.getName()).map(values -> values.get(reference.getKey())),
          Boolean.TRUE.equals(reference.getOptional()),
          "secret \"" + reference.getName() + "\" has no key \"" + reference.getKey() + "\"");
    }
    throw CannotStartException.configuration(
        "env "
            + variable.getName()
            + ": local mode reads fieldRef, configMapKeyRef and secretKeyRef");
  }

  private String field(String path) throws CannotStartException {
    var metadata = pod.getMetadata();
    Matcher map = MAP_FIELD.matcher(path);
    if (map.matches()) {
      Map<String, String> values =
          map.group(1).equals("labels") ? metadata.getLabels() : metadata.getAnnotations();
      return values == null ? "" : values.getOrDefault(map.group(2), "");
    }
    return switch (path) {
      case "metadata.name" -> metadata.getName();
      case "metadata.namespace" -> metadata.getNamespace();
      case "metadata.uid" -> metadata.getUid();
      case "status.podIP", "status.podIPs" -> podIp;
      case "status.hostIP" -> "127.0.0.1";
      case "spec.nodeName" -> Kubelet.NODE;
      case "spec.serviceAccountName" ->
          pod.getSpec().getServiceAccountName() == null
              ? "default"
              : pod.getSpec().getServiceAccountName();
      default -> throw CannotStartException.configuration("fieldRef: no field " + path);
    };
  }

  private static <T> Optional<T> require(Optional<T> value, boolean optional, String message)
      throws CannotStartException {
    if (value.isEmpty() && !optional) {
      throw CannotStartException.configuration(message);
    }
    return value;
  }

  /**
   * {@code $(NAME)} is the variable, {@code $$} is a dollar, and an unknown name stays as it is.
   */
  static String expand(String text, Map<String, String> variables) {
    return REFERENCE
        .matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    match.group(1) != null
                        ? "$"
                        : variables.getOrDefault(match.group(2), match.group())));
  }
}
