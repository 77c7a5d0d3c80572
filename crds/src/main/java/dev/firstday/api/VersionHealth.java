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
        SignatureState signature,
    @JsonPropertyDescription(
            "Whether the data that it learnt from is as it was recorded; left out: nobody asked (firstday model verify).")
        DataState data) {

  /** Whether the data that a version learnt from is there. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record DataState(
      @JsonPropertyDescription("When the data set's manifest and splits were last hashed.")
          Instant checkedAt,
      @JsonPropertyDescription(
              "ObjectNotFound, DigestMismatch or SplitMismatch; left out: nothing is wrong. It stops nothing: the"
                  + " version can be served without.")
          String fault,
      @JsonPropertyDescription("What is wrong, where, and the cure.") String message) {}

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
    return new VersionHealth(
        number, digest, inspectedAt, cause, fault, message, score, signature, data);
  }

  /**
   * What is to be told: a fault, a signature that is missed, data that is not as it was recorded,
   * or what an evaluation has against it; null: nothing.
   */
  @JsonIgnore
  public String complaint() {
    if (fault != null) {
      return fault;
    }
    if (isMissingSignature()) {
      return signature.fault();
    }
    return hasFaultyData() ? data.fault() : evaluation == null ? null : evaluation.fault();
  }

  /** The complaint in words. */
  @JsonIgnore
  public String words() {
    return "version %d: %s".formatted(number, said());
  }

  private String said() {
    if (fault != null) {
      return message;
    }
    if (isMissingSignature()) {
      return signature.message();
    }
    return hasFaultyData() ? data.message() : evaluation.message();
  }

  /** Whether the data that it learnt from was looked at, and is not as it was recorded. */
  @JsonIgnore
  public boolean hasFaultyData() {
    return data != null && data.fault() != null;
  }

  private boolean isMissingSignature() {
    return signature != null && signature.fault() != null;
  }

  /** Whether it may be served. */
  public boolean passed() {
    return fault == null;
  }
}
