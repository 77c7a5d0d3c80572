package dev.firstday.operator.kube;

import dev.firstday.contract.PodEnvironment;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;

/**
 * Pods that pass Pod Security's {@code restricted} level. Fields that the API server would fill in
 * are set here, so that a comparison with what it stored finds no difference.
 */
public final class Pods {
  private static final long USER = 65532L;
  private static final String TMP = "tmp";
  private static final String TMP_PATH = "/tmp";
  private static final String TERMINATION_LOG_PATH = "/dev/termination-log";

  private Pods() {}

  /** A container of the image, with storage, a writable /tmp and last words; add what is yours. */
  public static Container container(String name, PodConfig config, List<EnvVar> environment) {
    List<EnvVar> variables = new ArrayList<>(config.storage().environment());
    variables.add(fromField(PodEnvironment.NAMESPACE, "metadata.namespace"));
    variables.add(
        new EnvVarBuilder()
            .withName(PodEnvironment.TERMINATION_LOG)
            .withValue(TERMINATION_LOG_PATH)
            .build());
    variables.addAll(environment);
    return new ContainerBuilder()
        .withName(name)
        .withImage(config.image())
        .withImagePullPolicy(config.imagePullPolicy().isEmpty() ? null : config.imagePullPolicy())
        .withEnv(variables)
        .addNewEnvFrom()
        .withNewSecretRef()
        .withName(config.storage().credentialsSecret())
        .withOptional(true)
        .endSecretRef()
        .endEnvFrom()
        .addNewVolumeMount()
        .withName(TMP)
        .withMountPath(TMP_PATH)
        .endVolumeMount()
        .withTerminationMessagePath(TERMINATION_LOG_PATH)
        .withTerminationMessagePolicy("File")
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .build();
  }

  /**
   * A pod of that container.
   *
   * @param tmpSize most that /tmp may hold
   */
  public static PodSpec spec(Container container, PodConfig config, Quantity tmpSize) {
    PodSpecBuilder pod =
        new PodSpecBuilder()
            .withContainers(container)
            .withAutomountServiceAccountToken(false)
            .withEnableServiceLinks(false)
            .withNewSecurityContext()
            .withRunAsNonRoot(true)
            .withRunAsUser(USER)
            .withRunAsGroup(USER)
            .withFsGroup(USER)
            .withNewSeccompProfile()
            .withType("RuntimeDefault")
            .endSeccompProfile()
            .endSecurityContext()
            .addNewVolume()
            .withName(TMP)
            .withNewEmptyDir()
            .withSizeLimit(tmpSize)
            .endEmptyDir()
            .endVolume();
    if (!config.serviceAccount().isEmpty()) {
      pod.withServiceAccountName(config.serviceAccount());
    }
    return pod.build();
  }

  /** A variable with a field of the pod as its value (downward API). */
  public static EnvVar fromField(String name, String field) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewFieldRef()
        .withApiVersion("v1")
        .withFieldPath(field)
        .endFieldRef()
        .endValueFrom()
        .build();
  }
}
