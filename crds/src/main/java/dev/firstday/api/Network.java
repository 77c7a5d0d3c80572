package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * A feed-forward network. The output layer is not listed: its width and activation follow from the
 * label (sigmoid for a BOOLEAN label, softmax for classes, identity for numbers).
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "has(self.sequence) == (has(self.layers)"
            + " && self.layers.exists(l, has(l.type) && l.type != 'dense'))",
    message = "sequence goes with layers of type conv1d or lstm, and only with them")
@ValidationRule(
    value =
        "!has(self.sequence)"
            + " || self.sequence.all(c, size(c.columns) == size(self.sequence[0].columns))",
    message = "all channels of sequence have as many columns")
@ValidationRule(
    value = "!has(self.from) || (!has(self.layers) && !has(self.sequence))",
    message = "from brings its layers: leave layers and sequence out")
public record Network(
    @JsonPropertyDescription(
            "A network whose layers, and weights if it has any, training begins with.")
        StartingFile from,
    @Size(min = 1, max = 50)
        @JsonPropertyDescription(
            "What conv1d and lstm layers read: for each channel, its values step by step. What they make of it"
                + " goes on to the dense layers, beside the other features.")
        List<Channel> sequence,
    @Size(max = 50)
        @JsonPropertyDescription("Hidden layers, from the input on. None: a linear model.")
        List<Layer> layers,
    @JsonPropertyDescription(
            "Left out: binaryCrossEntropy, categoricalCrossEntropy or meanSquaredError, as the label asks.")
        Loss loss,
    @JsonPropertyDescription("The optimiser. Left out: adam at 0.001.") Updater updater,
    @JsonPropertyDescription("Weight of the sum of absolute weights in the loss.") Double l1,
    @JsonPropertyDescription("Weight of the sum of squared weights in the loss.") Double l2) {

  /** A network of Keras (a Sequential of the layers that are read) or of DL4J (any graph). */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record StartingFile(
      @Required
          @Size(min = 1, max = 1024)
          @Pattern("^.*[.](keras|h5|json|zip)$")
          @JsonPropertyDescription(
              "Of Keras, .keras or .h5; of DL4J, .json (a configuration) or .zip (with weights). s3://bucket/key, or a"
                  + " key below the namespace's own prefix files/.")
          String file,
      @Pattern("^[0-9a-f]{64}$")
          @JsonPropertyDescription("Its sha256; another file there is refused. Left out: any.")
          String sha256) {}

  /** A quantity over time, or along whatever the steps count. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Channel(
      @Required
          @Size(min = 2, max = 500)
          @JsonPropertyDescription("A column of numbers for each step, the first step first.")
          List<@Pattern(Firstday.COLUMN_PATTERN) String> columns) {}

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
