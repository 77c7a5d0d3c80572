package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * A feed-forward network. The output layer is not listed: its width and activation follow from the
 * label (sigmoid for a BOOLEAN label, softmax for classes, identity for numbers).
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Network(
    @Size(max = 50)
        @JsonPropertyDescription("Hidden layers, from the input on. None: a linear model.")
        List<Layer> layers,
    @JsonPropertyDescription(
            "Left out: binaryCrossEntropy, categoricalCrossEntropy or meanSquaredError, as the label asks.")
        Loss loss,
    @JsonPropertyDescription("The optimiser. Left out: adam at 0.001.") Updater updater,
    @JsonPropertyDescription("Weight of the sum of absolute weights in the loss.") Double l1,
    @JsonPropertyDescription("Weight of the sum of squared weights in the loss.") Double l2) {

  /** What training makes small. */
  public enum Loss {
    @JsonProperty("binaryCrossEntropy")
    BINARY_CROSS_ENTROPY,
    @JsonProperty("categoricalCrossEntropy")
    CATEGORICAL_CROSS_ENTROPY,
    @JsonProperty("meanSquaredError")
    MEAN_SQUARED_ERROR,
    @JsonProperty("meanAbsoluteError")
    MEAN_ABSOLUTE_ERROR
  }
}
