package dev.firstday.cli.apiserver;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/** The kind in {@code probes.yaml}. */
@Group("apiserver.firstday.test")
@Version("v1")
@Kind("Probe")
@Plural("probes")
public final class Probe extends CustomResource<Probe.Spec, Probe.Status> implements Namespaced {
  private static final long serialVersionUID = 1L;

  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Spec(String name, Integer replicas) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Status(String phase, Integer replicas, Long observedGeneration) {}

  static Probe of(String namespace, String name, int replicas) {
    Probe probe = new Probe();
    probe.getMetadata().setNamespace(namespace);
    probe.getMetadata().setName(name);
    probe.setSpec(new Spec("abc", replicas));
    return probe;
  }
}
