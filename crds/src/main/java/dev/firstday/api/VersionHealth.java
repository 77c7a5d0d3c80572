package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;

/**
 * How a version stood when it was last looked at. A version itself never changes; the bytes in S3,
 * the server image and the data of the day do.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VersionHealth(
    @JsonPropertyDescription("The version's number.") Integer number,
    @JsonPropertyDescription("sha256 of the artefact's manifest.") String digest,
    @JsonPropertyDescription(
            "When its files were last hashed and loaded, and its validation rows asked.")
        Instant inspectedAt,
    @JsonPropertyDescription("Why that was done.") String cause,
    @JsonPropertyDescription("What is wrong with it, in one word; left out: nothing.") String fault,
    @JsonPropertyDescription("What is wrong, where, and the cure.") String message) {

  /** Whether it may be served. */
  public boolean passed() {
    return fault == null;
  }
}
