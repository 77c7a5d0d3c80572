package dev.firstday.trainer.train.start;

import dev.firstday.api.Network.Loss;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.feature.Features;
import dev.firstday.sdk.model.DeclarativeModel;
import dev.firstday.sdk.model.LayerStack;
import dev.firstday.sdk.model.Model;
import dev.firstday.sdk.model.Task;
import java.util.List;
import java.util.Set;

/**
 * A trained network.
 *
 * @param inputs numbers of a row
 * @param hidden the layers before the last one
 * @param output the last one
 * @param weights of all, in DL4J's order
 */
record KerasNetwork(int inputs, List<LayerStack.Item> hidden, Output output, float[] weights)
    implements StartingPoint {

  /**
   * The last layer.
   *
   * @param activation as Keras calls it
   * @param width of what it reads
   * @param dropped the share of that which training sets to zero
   */
  record Output(int units, String activation, int width, double dropped) {}

  @Override
  public Model model(DeclarativeModel declared) {
    return new LayerStack(declared, hidden, output.width(), output.dropped());
  }

  @Override
  public void requireFit(Features features, Task task, Loss loss) {
    if (features.width() != inputs) {
      throw doesNotFit(
          "the network takes %d inputs and the features make %d (%s); choose spec.features so that they make what it was trained on, in that order"
              .formatted(inputs, features.width(), shown(features.inputs())));
    }
    if (task.outputs() != output.units()) {
      throw doesNotFit(
          "the network has %d outputs; for %s it must have %d: give it such a last layer"
              .formatted(output.units(), task.words(), task.outputs()));
    }
    if (!activations(loss).contains(output.activation())) {
      throw doesNotFit(
          "the network ends with %s and the loss %s needs %s; give it such a last layer"
              .formatted(
                  output.activation(),
                  Contract.name(loss),
                  String.join(" or ", activations(loss))));
    }
  }

  private static Set<String> activations(Loss loss) {
    return switch (loss) {
      case BINARY_CROSS_ENTROPY -> Set.of("sigmoid");
      case CATEGORICAL_CROSS_ENTROPY -> Set.of("softmax");
      case MEAN_SQUARED_ERROR, MEAN_ABSOLUTE_ERROR -> Set.of("linear");
    };
  }

  private static String shown(List<String> inputs) {
    int most = 20;
    return inputs.size() <= most
        ? String.join(", ", inputs)
        : String.join(", ", inputs.subList(0, most)) + ", ...";
  }

  private static RunFailure doesNotFit(String message) {
    return new RunFailure("NetworkDoesNotFit", "spec.network.from.file: " + message, Cure.FIX_SPEC);
  }
}
