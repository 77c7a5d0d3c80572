package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;

/** One aspect of a resource's state, in the shape that kstatus and {@code kubectl wait} read. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
    @Required
        @JsonPropertyDescription(
            "What this condition is about: Ready, Reconciling, Stalled or Suspended.")
        String type,
    @Required @JsonPropertyDescription("True, False or Unknown.") String status,
    @JsonPropertyDescription("One word for programs: why the condition has this status.")
        String reason,
    @JsonPropertyDescription("For people: what, where, and what to do about it.") String message,
    @JsonPropertyDescription("The generation of the spec that this condition speaks of.")
        Long observedGeneration,
    @JsonPropertyDescription("When the status of this condition last changed, as RFC 3339.")
        Instant lastTransitionTime) {
  private static final String TRUE = "True";

  /** Whether it is True. */
  public boolean holds() {
    return TRUE.equals(status);
  }
}
