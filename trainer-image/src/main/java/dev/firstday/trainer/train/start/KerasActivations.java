package dev.firstday.trainer.train.start;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** Keras' activations that DL4J has with the same numbers. */
final class KerasActivations {
  static final String LINEAR = "linear";

  /** Of Keras' leaky_relu, where nothing else is said. */
  private static final double SLOPE = 0.2;

  /** Of its layer LeakyReLU. */
  private static final double SLOPE_OF_LAYER = 0.3;

  private static final Map<String, Supplier<IActivation>> ALL =
      Map.ofEntries(
          Map.entry(LINEAR, ActivationIdentity::new),
          Map.entry("relu", ActivationReLU::new),
          Map.entry("leaky_relu", () -> new ActivationLReLU(SLOPE)),
          Map.entry("elu", ActivationELU::new),
          Map.entry("selu", ActivationSELU::new),
          Map.entry("softplus", ActivationSoftPlus::new),
          Map.entry("softsign", ActivationSoftSign::new),
          Map.entry("silu", ActivationSwish::new),
          Map.entry("swish", ActivationSwish::new),
          Map.entry("tanh", ActivationTanH::new),
          Map.entry("sigmoid", ActivationSigmoid::new));

  private KerasActivations() {}

  /**
   * @throws dev.firstday.sdk.RunFailure LayerUnknown
   */
  static IActivation of(String name) {
    Supplier<IActivation> activation = ALL.get(name);
    if (activation == null) {
      throw StartingPoint.failure(
          "LayerUnknown",
          "the activation %s is not read; these are: %s"
              .formatted(name, new TreeSet<>(ALL.keySet())),
          null);
    }
    return activation.get();
  }

  /** That of a layer LeakyReLU. */
  static IActivation leaky(JsonNode config) {
    // Keras 2 calls it alpha
    return new ActivationLReLU(
        config.path("negative_slope").asDouble(config.path("alpha").asDouble(SLOPE_OF_LAYER)));
  }

  /** That of a layer ELU. */
  static IActivation elu(JsonNode config) {
    return new ActivationELU(config.path("alpha").asDouble(1));
  }
}
