package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** How the learning rate changes from epoch to epoch, over spec.epochs. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.factor) == (self.type == 'step' || self.type == 'exponential')",
    message = "factor goes with type: step and type: exponential, and only with them")
@ValidationRule(
    value = "!has(self.factor) || (self.factor > 0.0 && self.factor < 1.0)",
    message = "factor is greater than 0 and less than 1")
@ValidationRule(
    value = "has(self.everyEpochs) == (self.type == 'step')",
    message = "everyEpochs goes with type: step, and only with it")
@ValidationRule(
    value = "self.type != 'constant' || has(self.warmupEpochs)",
    message = "type: constant needs warmupEpochs; without any, leave the schedule out")
public record RateSchedule(
    @Required
        @JsonPropertyDescription(
            "step (times factor every so many epochs), exponential (times factor each epoch), linear (down to 0"
                + " at the end), cosine (likewise, along half a wave) or constant.")
        Type type,
    @JsonPropertyDescription("What the rate is multiplied by, between 0 and 1.") Double factor,
    @Min(1) @Max(10000) @JsonPropertyDescription("Epochs from one step to the next.")
        Integer everyEpochs,
    @Min(1)
        @Max(1000)
        @JsonPropertyDescription(
            "Epochs at the start in which the rate rises to learningRate in equal steps. Left out: none.")
        Integer warmupEpochs) {

  /** The shape of the rate over the epochs. */
  public enum Type {
    @JsonProperty("step")
    STEP,
    @JsonProperty("exponential")
    EXPONENTIAL,
    @JsonProperty("linear")
    LINEAR,
    @JsonProperty("cosine")
    COSINE,
    @JsonProperty("constant")
    CONSTANT
  }
}
