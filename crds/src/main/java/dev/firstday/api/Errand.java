package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What the run of a {@link Model} is about. A model has one run at a time. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Errand(
    @JsonPropertyDescription(
            "INVENTORY lists what S3 holds; INSPECTION loads versions in the server image and asks them validation rows;"
                + " RETENTION marks and deletes what spec.retention no longer keeps; EVALUATION scores versions on a"
                + " newer version of their data set; REPRODUCTION trains a version once more.")
        Kind kind,
    @JsonPropertyDescription("Why it is done: the same versions for another cause are another run.")
        String cause,
    @JsonPropertyDescription(
            "The versions that are looked at; none for an inventory or for retention.")
        List<Subject> versions,
    @JsonPropertyDescription("The data of an evaluation.") Data data) {

  /** What is done, the most urgent first. */
  public enum Kind {
    INVENTORY,
    INSPECTION,
    RETENTION,
    EVALUATION,
    REPRODUCTION
  }

  /** A version of a data set; the digest decides. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Data(
      @JsonPropertyDescription("The data set's name.") String name,
      @JsonPropertyDescription("The version's number.") Integer number,
      @JsonPropertyDescription("sha256 of the version's manifest.") String digest) {

    /** As statuses write it: {@code flights/3}. */
    public String reference() {
      return name + "/" + number;
    }
  }

  /** A version; the digest says what it is, the number what it is called. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Subject(
      @JsonPropertyDescription("The version's number.") Integer number,
      @JsonPropertyDescription("sha256 of the artefact's manifest.") String digest) {}
}
