package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;
import java.util.List;

/** A name under which versions are recorded. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "!has(self.aliases) || self.aliases.all(a, self.aliases.exists_one(b, a.name == b.name))",
    message = "each alias names one version")
public record ModelSpec(
    @Min(1)
        @Max(50)
        @JsonPropertyDescription(
            "How many versions, newest first, the status lists; S3 has all that spec.retention keeps. Left out: 10.")
        Integer listedVersions,
    @Size(max = 100)
        @JsonPropertyDescription(
            "Requests whose answers are known. Every version has to give them before callers see it.")
        List<GoldenCase> golden,
    @JsonPropertyDescription("How often versions are looked at again.") Verification verification,
    @Size(max = 20)
        @JsonPropertyDescription(
            "Names of versions, for people and for track of a Deployment. Such a version stays listed, and is looked"
                + " at again like one that is served.")
        List<Alias> aliases,
    @JsonPropertyDescription("Which versions are kept. Left out: all.") Retention retention,
    @JsonPropertyDescription(
            "Whether a version has to be signed (firstday model sign) before a server loads it. Left out: nobody looks.")
        Signing signing) {
  private static final int INSPECTED_EVERY_HOURS = 24;

  /** From one look at the newest and the served versions to the next; zero: only when asked. */
  public Duration inspectedEvery() {
    return Duration.ofHours(
        verification == null || verification.everyHours() == null
            ? INSPECTED_EVERY_HOURS
            : verification.everyHours());
  }

  /** When stored versions are looked at again. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Verification(
      @Min(0)
          @Max(8760)
          @JsonPropertyDescription(
              "Hours from one look at the newest and the served versions to the next; 0: only when the annotation"
                  + " firstday.dev/verify asks for it. Left out: 24.")
          Integer everyHours,
      @Min(0)
          @JsonPropertyDescription(
              "How much worse than at training the first gate's metric may be on newer data, in its own unit. Left"
                  + " out: as much as it likes, as long as it beats the best constant of that data.")
          Double maxDrop,
      @JsonPropertyDescription(
              "Cpu and memory of the pods that inspect, evaluate and reproduce versions: as much as those that serve and train them.")
          WorkerResources resources) {}
}
