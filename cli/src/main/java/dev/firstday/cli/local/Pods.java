package dev.firstday.cli.local;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.Map;

/** What several parts ask of a pod. */
final class Pods {
  /**
   * Held by pods until their processes have ended: a deleted pod stays visible, with its deletion
   * time stamp, as long as it may still answer.
   */
  static final String FINALIZER = "firstday.dev/process";

  private Pods() {}

  static Pod fromTemplate(
      HasMetadata owner, PodTemplateSpec template, String name, Map<String, String> labels) {
    var metadata = template.getMetadata();
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(owner.getMetadata().getNamespace())
        .withLabels(metadata == null ? Map.of() : metadata.getLabels())
        .addToLabels(labels)
        .withAnnotations(metadata == null ? Map.of() : metadata.getAnnotations())
        .withFinalizers(FINALIZER)
        .withOwnerReferences(
            new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build())
        .endMetadata()
        .withSpec(template.getSpec())
        .build();
  }

  static String phase(Pod pod) {
    return pod.getStatus() == null || pod.getStatus().getPhase() == null
        ? "Pending"
        : pod.getStatus().getPhase();
  }

  static boolean isDeleted(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  static boolean isFinished(Pod pod) {
    return phase(pod).equals("Succeeded") || phase(pod).equals("Failed");
  }

  /** Whether requests may be sent to it. */
  static boolean isReady(Pod pod) {
    return !isDeleted(pod)
        && pod.getStatus() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  static String key(Pod pod) {
    return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
  }
}
