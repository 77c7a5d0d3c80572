package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What a candidate made of its Model's golden cases. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GoldenResults(
    @JsonPropertyDescription("Whether every case has an answer.") boolean done,
    @JsonPropertyDescription("How many cases there are.") int cases,
    @JsonPropertyDescription("How many were answered as expected.") int passed,
    @JsonPropertyDescription("How many were not, or cannot be.") int failed,
    @JsonPropertyDescription("The first ten of those that were not, or cannot be.")
        List<Fault> faults) {
  /** Faults that are told one by one. */
  public static final int FAULTS = 10;

  public static final GoldenResults NONE = new GoldenResults(false, 0, 0, 0, List.of());

  public GoldenResults {
    faults = faults == null ? List.of() : List.copyOf(faults);
  }

  /** A case that was not answered as expected. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Fault(
      @JsonPropertyDescription("The case's name.") String name,
      @JsonPropertyDescription(
              "True: no version can answer it, so that the case is at fault, and not the candidate.")
          boolean invalid,
      @JsonPropertyDescription("What is expected.") String expected,
      @JsonPropertyDescription("What the candidate answered.") String answered,
      @JsonPropertyDescription("What the stable version answered, if it fails the case too.")
          String stable) {}
}
