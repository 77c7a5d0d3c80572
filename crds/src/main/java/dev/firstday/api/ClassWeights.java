package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/** How much a row counts in the loss, by its class. Metrics and gates count every row once. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "(has(self.balanced) && self.balanced) != has(self.weights)",
    message = "classWeights is balanced: true or weights, one of both")
@ValidationRule(
    value = "!has(self.weights) || self.weights.all(name, self.weights[name] > 0.0)",
    message = "a class weight is greater than 0")
public record ClassWeights(
    @JsonPropertyDescription(
            "true: rows / (classes * rows of the class), so that all classes count alike.")
        Boolean balanced,
    @Size(min = 1, max = 1000)
        @JsonPropertyDescription(
            "Class: weight. A class is named as its label is written; those of a BOOLEAN label are true and"
                + " false. A class left out: 1.")
        Map<String, Double> weights) {}
