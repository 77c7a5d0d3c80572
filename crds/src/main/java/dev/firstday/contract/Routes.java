package dev.firstday.contract;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.firstday.api.ModelDeploymentSpec;

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
    ModelDeploymentSpec.Capture capture,
    ModelDeploymentSpec.Replay replay) {

  /** Routes that neither capture nor replay. */
  public Routes(
      String model,
      long revision,
      Backend stable,
      Backend candidate,
      int shadowPercent,
      ModelDeploymentSpec.Checks checks) {
    this(model, revision, stable, candidate, shadowPercent, checks, null, null);
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
