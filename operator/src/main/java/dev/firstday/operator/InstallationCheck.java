package dev.firstday.operator;

import dev.firstday.api.ReadinessTest;
import dev.firstday.operator.kube.Standing;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.concurrent.TimeUnit;

/**
 * {@code helm test}: makes a resource, and waits until the operator has seen to it. A ReadinessTest
 * needs neither S3 nor a pod.
 */
public final class InstallationCheck {
  private static final long PATIENCE_SECONDS = 60;
  private static final String NAME = "helm-test";

  private InstallationCheck() {}

  /**
   * @param arguments the namespace, which the operator looks after
   */
  public static void main(String[] arguments) {
    try (KubernetesClient client = new KubernetesClientBuilder().build()) {
      String namespace = arguments[0];
      if (isSeenTo(client, namespace)) {
        System.out.println("the operator sees to resources in namespace " + namespace);
        return;
      }
      System.err.printf(
          "the operator has not scored ReadinessTest %s in namespace %s within %d s: is its pod ready, and is the"
              + " namespace one of watchNamespaces?%n",
          NAME, namespace, PATIENCE_SECONDS);
    }
    System.exit(1);
  }

  /** Whether a resource that is made in the namespace becomes ready; it is taken away again. */
  static boolean isSeenTo(KubernetesClient client, String namespace) {
    ReadinessTest test = new ReadinessTest();
    test.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(NAME).build());
    Resource<ReadinessTest> resource = client.resource(test);
    resource.delete();
    resource.create();
    try {
      resource.waitUntilCondition(
          seen -> seen != null && seen.getStatus() != null && isReady(seen),
          PATIENCE_SECONDS,
          TimeUnit.SECONDS);
      return true;
    } catch (KubernetesClientTimeoutException e) {
      return false;
    } finally {
      resource.delete();
    }
  }

  private static boolean isReady(ReadinessTest test) {
    return test.getStatus().holds(Standing.READY);
  }
}
