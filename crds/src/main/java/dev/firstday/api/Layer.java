package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** A hidden layer. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "!has(self.kernel) || (has(self.type) && self.type == 'conv1d')",
    message = "kernel goes with type: conv1d")
@ValidationRule(
    value = "!has(self.dropout) || self.dropout < 1.0",
    message = "dropout is less than 1")
public record Layer(
    @JsonPropertyDescription(
            "dense (when left out), or, over network.sequence and before all dense ones, conv1d or lstm.")
        Type type,
    @Required
        @Min(1)
        @Max(65536)
        @JsonPropertyDescription("Width of the layer; of conv1d, its filters.")
        Integer units,
    @Min(1)
        @Max(1000)
        @JsonPropertyDescription(
            "Steps that a conv1d filter sees at once; zeros stand beyond the ends. Left out: 3.")
        Integer kernel,
    @JsonPropertyDescription("Left out: relu, and tanh for lstm.") Activation activation,
    @Min(0)
        @JsonPropertyDescription(
            "Share of this layer's outputs that are set to zero in a training step, below 1.")
        Double dropout) {

  /** A dense layer; what is null is left out. */
  public static Layer dense(int units, Activation activation, Double dropout) {
    return new Layer(null, units, null, activation, dropout);
  }

  /** The type, with the meaning of its absence. */
  public Type effectiveType() {
    return type == null ? Type.DENSE : type;
  }

  /** Kinds of layers. */
  public enum Type {
    @JsonProperty("dense")
    DENSE,
    @JsonProperty("conv1d")
    CONV1D,
    @JsonProperty("lstm")
    LSTM
  }

  /** What a layer does to its sums. */
  public enum Activation {
    @JsonProperty("relu")
    RELU,
    @JsonProperty("leakyRelu")
    LEAKY_RELU,
    @JsonProperty("elu")
    ELU,
    @JsonProperty("selu")
    SELU,
    @JsonProperty("gelu")
    GELU,
    @JsonProperty("tanh")
    TANH,
    @JsonProperty("sigmoid")
    SIGMOID,
    @JsonProperty("identity")
    IDENTITY
  }
}
