package dev.firstday.contract;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What a router pod has seen: the answer to {@code GET /admin/report} and to {@code PUT
 * /admin/routes}. Counts are of the pair (stable, candidate) by digest, from when the router first
 * saw that pair; they begin anew with another pair and with a restart.
 *
 * @param instance names the router process
 * @param revision the routes it follows
 * @param stableDigest the pair
 * @param candidateDigest the pair
 * @param golden comparisons on the candidate's golden requests, which the router sends by itself
 * @param live comparisons on callers' requests
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RouterReport(
    String instance,
    long revision,
    String stableDigest,
    String candidateDigest,
    Comparison golden,
    Comparison live) {

  /**
   * Counts of pairs: one request, answered by both versions.
   *
   * @param done true when the golden requests are through; live comparison never is
   * @param requests requests sent to both
   * @param errors requests the candidate failed (5xx, time-out, an answer that is not finite) and
   *     stable did not
   * @param slow requests slower than slowFactor x stable's 95th percentile
   * @param rows rows compared, one a row of each request
   * @param disagreements rows whose answers differ beyond the tolerance
   * @param stableErrors requests that stable failed; they are not counted against the candidate
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Comparison(
      boolean done,
      long requests,
      long errors,
      long slow,
      long rows,
      long disagreements,
      long stableErrors) {
    public static final Comparison NONE = new Comparison(false, 0, 0, 0, 0, 0, 0);

    /** Both counts together: two routers, or golden and live. */
    public Comparison plus(Comparison other) {
      return new Comparison(
          done && other.done,
          requests + other.requests,
          errors + other.errors,
          slow + other.slow,
          rows + other.rows,
          disagreements + other.disagreements,
          stableErrors + other.stableErrors);
    }
  }
}
