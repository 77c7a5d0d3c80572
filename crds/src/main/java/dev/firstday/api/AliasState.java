package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;

/** An alias, what it names, and what it named before. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AliasState(
    @JsonPropertyDescription("The alias.") String name,
    @JsonPropertyDescription("What it names now.") Move now,
    @JsonPropertyDescription("What it named before, the last first.") List<Move> before) {

  /** That it was moved to a version. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Move(
      @JsonPropertyDescription("The version's number.") Integer version,
      @JsonPropertyDescription("The version's digest; left out: there is no such version.")
          String digest,
      @JsonPropertyDescription("When the operator saw it.") Instant at,
      @JsonPropertyDescription(
              "Who wrote it, as the API server tells: the field manager of spec.aliases.")
          String by) {}
}
