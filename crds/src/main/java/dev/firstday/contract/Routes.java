package dev.firstday.contract;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.firstday.api.Capture;
import dev.firstday.api.GoldenCase;
import dev.firstday.api.ModelDeploymentSpec;
import java.util.List;

/**
 * What a router does with requests. The operator pushes it to every router pod ({@code PUT
 * /admin/routes} on the admin port) and keeps it in a ConfigMap that a router reads when it starts,
 * so that a router needs nobody to serve. Of two documents the one with the greater revision
 * counts.
 *
 * @param model the name callers use
 * @param revision grows with every change
 * @param stable answers, and is what the candidate is compared with; null before the first
 *     promotion
 * @param candidate the version on trial, or null
 * @param shadowPercent share of the requests that stable answered which the candidate is asked too,
 *     unseen by callers
 * @param checks how answers are compared; values left out are filled in by the operator
 * @param capture what is kept of requests, complete; null: nothing
 * @param replay the captured requests that both versions are to be sent now, complete; null: none
 * @param golden the Model's golden cases that both versions are to be sent now; null: none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Routes(
    String model,
    long revision,
    Backend stable,
    Backend candidate,
    int shadowPercent,
    ModelDeploymentSpec.Checks checks,
    Capture capture,
    ModelDeploymentSpec.Replay replay,
    List<GoldenCase> golden) {
  /** Bytes of JSON that the golden cases may have: routes lie in a ConfigMap, which has a MiB. */
  public static final int MAX_GOLDEN_BYTES = 1 << 18;

  /** Bytes of JSON that routes may have. */
  public static final int MAX_BYTES = MAX_GOLDEN_BYTES + (1 << 16);

  /** Routes that neither capture, nor replay, nor send golden cases. */
  public Routes(
      String model,
      long revision,
      Backend stable,
      Backend candidate,
      int shadowPercent,
      ModelDeploymentSpec.Checks checks) {
    this(model, revision, stable, candidate, shadowPercent, checks, null, null, null);
  }

  /**
   * A version's predictors.
   *
   * @param version the number, as callers and answers name it
   * @param digest the artefact's digest
   * @param url base address of the version's Service
   * @param weight percent of requests; stable gets what the candidate leaves
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Backend(int version, String digest, String url, int weight) {}
}
