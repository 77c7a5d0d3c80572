package dev.firstday.contract;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.firstday.api.Comparison;
import dev.firstday.api.GoldenResults;
import java.util.List;
import java.util.Objects;

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
 * @param replay comparisons on captured requests, which the router sends when the routes ask for it
 * @param live comparisons on callers' requests
 * @param cases what came of the golden cases in the routes that it follows; null before they are
 *     sent
 * @param waits what keeps it from sending golden or captured requests; null when nothing does
 * @param unknownColumns fields of the spec that name a column that no version has, in words; null
 *     while the versions have not said which they have
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RouterReport(
    String instance,
    long revision,
    String stableDigest,
    String candidateDigest,
    Comparison golden,
    Comparison replay,
    Comparison live,
    GoldenResults cases,
    String waits,
    List<String> unknownColumns) {

  /** With nothing counted where it says nothing: a router of another version may know less. */
  public RouterReport complete() {
    return new RouterReport(
        instance,
        revision,
        stableDigest,
        candidateDigest,
        Objects.requireNonNullElse(golden, Comparison.NONE),
        Objects.requireNonNullElse(replay, Comparison.NONE),
        Objects.requireNonNullElse(live, Comparison.NONE),
        Objects.requireNonNullElse(cases, GoldenResults.NONE),
        waits,
        unknownColumns);
  }
}
