package dev.firstday.trainer.train.start;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.artefact.GuardedZip;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A network as Keras writes it: {@code .keras} is a zip of Keras 3 with its configuration and an
 * HDF5 file, {@code .h5} an HDF5 file with the configuration in an attribute. The file is data of
 * others: nothing in it is executed, no link is followed, nothing is read that is not a layer's
 * weights of the size that its configuration says.
 */
final class KerasFile {
  private static final String CONFIGURATION = "config.json";
  private static final String WEIGHTS = "model.weights.h5";
  private static final int MAX_CONFIGURATION = 16 * 1024 * 1024;
  private static final int MAX_WEIGHTS = 1024 * 1024 * 1024;

  private KerasFile() {}

  /**
   * @param name ends with {@code .keras} or {@code .h5}; for messages
   * @throws dev.firstday.sdk.RunFailure when the file is no such network, or has a layer that is
   *     not read here
   */
  static KerasNetwork read(String name, byte[] content) {
    return name.endsWith(".keras") ? zip(name, content) : hdf(name, content);
  }

  private static KerasNetwork zip(String name, byte[] content) {
    Map<String, byte[]> entries =
        GuardedZip.entries(
            name,
            content,
            Map.of(
                CONFIGURATION,
                MAX_CONFIGURATION,
                WEIGHTS,
                MAX_WEIGHTS,
                "metadata.json",
                MAX_CONFIGURATION));
    try (HdfFile file = HdfFile.fromBytes(entries.get(WEIGHTS))) {
      Hdf5Weights weights = new Hdf5Weights(file);
      // Keras 3 calls the groups by their classes, and counts those of a class
      Map<String, Integer> counts = new HashMap<>();
      return KerasLayers.read(
          model(new String(entries.get(CONFIGURATION), StandardCharsets.UTF_8)),
          layer -> {
            String type = snakeCase(layer.path("class_name").asText());
            int number = counts.merge(type, 1, Integer::sum) - 1;
            String group = number == 0 ? type : "%s_%d".formatted(type, number);
            return (part, array, place) ->
                weights.at(
                    Stream.of(
                            Stream.of("layers", group),
                            below(part, layer),
                            Stream.of("vars", String.valueOf(place)))
                        .flatMap(names -> names)
                        .toList());
          });
    }
  }

  private static KerasNetwork hdf(String name, byte[] content) {
    try (HdfFile file = HdfFile.fromBytes(content)) {
      Attribute configuration = file.getAttribute("model_config");
      if (configuration == null || !(configuration.getData() instanceof String json)) {
        throw StartingPoint.failure(
            "NetworkDamaged",
            "%s has no model_config: it holds weights alone; save the whole model".formatted(name),
            null);
      }
      Hdf5Weights weights = new Hdf5Weights(file);
      return KerasLayers.read(
          model(json),
          layer -> {
            List<String> group =
                List.of("model_weights", layer.path("config").path("name").asText());
            return (part, array, place) ->
                switch (part) {
                  case LAYER, CELL -> weights.below(group, array);
                  case FORWARD -> weights.below(group, "forward", array);
                  case BACKWARD -> weights.below(group, "backward", array);
                };
          });
    }
  }

  /** Where a {@code .keras} has the arrays of a part, below its layer. */
  private static Stream<String> below(KerasWeights.Part part, JsonNode layer) {
    return switch (part) {
      case LAYER ->
          layer.path("class_name").asText().equals("TimeDistributed")
              ? Stream.of("layer")
              : Stream.of();
      case CELL -> Stream.of("cell");
      case FORWARD -> Stream.of("forward_layer", "cell");
      case BACKWARD -> Stream.of("backward_layer", "cell");
    };
  }

  /** As Keras makes a name of a class: SimpleRNN is simple_rnn. */
  private static String snakeCase(String name) {
    return name.replaceAll("(.)([A-Z][a-z0-9]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }

  /** The layers of a Sequential. */
  private static JsonNode model(String json) {
    JsonNode model = Contract.read(json, JsonNode.class);
    if (!model.path("class_name").asText().equals("Sequential")) {
      throw StartingPoint.failure(
          "NetworkUnknown",
          "the model is a %s and only a Sequential is read; build it as one, or write a class of your own (spec.code)"
              .formatted(model.path("class_name").asText("without class_name")),
          null);
    }
    return model.path("config").path("layers");
  }
}
