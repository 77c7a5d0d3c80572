package dev.firstday.operator;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;

/**
 * CRDs of releases that let any integer pass, for the moment in which something is stored. Others
 * may apply those of this release meanwhile, and API servers hear of a change late: both are tried
 * until it is stored.
 */
record OlderCrds(TestCluster cluster) {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int UNPROCESSABLE = 422;
  private static final String SCHEMA =
      "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/";

  /**
   * @param crd such as {@code models.firstday.dev}
   * @param integer where in the schema of the spec, as {@code dataset/properties/version}
   * @param creation stores what this release's CRD refuses
   */
  void store(String crd, String integer, Runnable creation) {
    String bound = SCHEMA + integer + "/maximum";
    await("stored under an older " + crd)
        .atMost(PATIENCE)
        .until(
            () -> {
              patch(crd, "[{\"op\": \"add\", \"path\": \"%s\", \"value\": 1e15}]".formatted(bound));
              return isTaken(creation);
            });
    patch(
        crd,
        "[{\"op\": \"add\", \"path\": \"%s\", \"value\": %d}]".formatted(bound, Integer.MAX_VALUE));
  }

  private void patch(String crd, String operations) {
    cluster
        .client()
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName(crd)
        .patch(PatchContext.of(PatchType.JSON), operations);
  }

  private static boolean isTaken(Runnable creation) {
    try {
      creation.run();
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == UNPROCESSABLE) {
        return false;
      }
      throw e;
    }
  }
}
