package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;

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
    @JsonPropertyDescription("What is wrong, where, and the cure.") String message,
    @JsonPropertyDescription(
            "How it scores on data that is newer than what it learnt from; left out: there was none.")
        Evaluation evaluation,
    @JsonPropertyDescription("What spec.signing made of it; left out: nobody looked.")
        SignatureState signature) {

  /** Whether a version is signed. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SignatureState(
      @JsonPropertyDescription("Digest of the spec.signing that was gone by.") String policy,
      @JsonPropertyDescription(
              "Name of the one of spec.signing.publicKeys by which it is signed; left out: by none.")
          String signer,
      @JsonPropertyDescription(
              "With mode: warn, what is wrong with its signature, in one word: SignatureMissing, SignatureInvalid or"
                  + " SigningKeyInvalid; left out: nothing.")
          String fault,
      @JsonPropertyDescription("What is wrong with it, where, and the cure.") String message) {}

  /** How a version scores on newer data. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Evaluation(
      @JsonPropertyDescription("The data set's version, as flights/3.") String dataset,
      @JsonPropertyDescription("When it was scored.") Instant at,
      @JsonPropertyDescription(
              "Metrics on that version's validation split, beside those of the constants that are best for its training split.")
          List<MetricValue> metrics,
      @JsonPropertyDescription(
              "BelowConstant, MetricDropped, or why it could not be scored; left out: nothing is wrong.")
          String fault,
      @JsonPropertyDescription("What is wrong, and the cure.") String message) {}

  /** The same version, scored so; null: not scored. */
  public VersionHealth with(Evaluation score) {
    return new VersionHealth(number, digest, inspectedAt, cause, fault, message, score, signature);
  }

  /**
   * What is to be told: a fault, a signature that is missed, or what an evaluation has against it;
   * null: nothing.
   */
  @JsonIgnore
  public String complaint() {
    if (fault != null) {
      return fault;
    }
    return isMissingSignature()
        ? signature.fault()
        : evaluation == null ? null : evaluation.fault();
  }

  /** The complaint in words. */
  @JsonIgnore
  public String words() {
    String said =
        fault != null ? message : isMissingSignature() ? signature.message() : evaluation.message();
    return "version %d: %s".formatted(number, said);
  }

  private boolean isMissingSignature() {
    return signature != null && signature.fault() != null;
  }

  /** Whether it may be served. */
  public boolean passed() {
    return fault == null;
  }
}
