package dev.firstday.sdk.model;

import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.Layer;
import dev.firstday.api.Network;
import dev.firstday.api.Network.Loss;
import dev.firstday.api.TrainingJobSpec;
import dev.firstday.api.TrainingJobSpec.Encoding;
import dev.firstday.sdk.feature.Feature;
import dev.firstday.sdk.feature.Features;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * The model that a training job declares: encodings by column type, except where the job names
 * another, and a network. That all this fits the columns is for {@link
 * dev.firstday.contract.TrainingRules} to say, before anything is built.
 *
 * @param features the encodings that the job names
 * @param network its layers, optimiser and penalties
 * @param loss what training makes small
 * @param epochs over which the learning rate changes, where it does
 */
public record DeclarativeModel(
    List<TrainingJobSpec.Feature> features, Network network, Loss loss, int epochs)
    implements Model {

  /**
   * The steps of the sequence first, channel after channel; then the others, as the columns are.
   */
  @Override
  public List<Feature> features(List<DatasetSpec.Column> columns) {
    Map<String, TrainingJobSpec.Feature> named =
        features.stream()
            .collect(Collectors.toMap(TrainingJobSpec.Feature::column, Function.identity()));
    List<String> steps = stepColumns();
    List<Feature> chosen = new ArrayList<>();
    steps.forEach(column -> chosen.add(Feature.step(column)));
    for (DatasetSpec.Column column : columns) {
      TrainingJobSpec.Feature feature = named.get(column.name());
      if (steps.contains(column.name())) {
        continue;
      }
      if (feature == null) {
        if (column.effectiveRole() == Role.FEATURE) {
          chosen.add(Feature.byType(column));
        }
      } else if (feature.encoding() != Encoding.NONE) {
        chosen.add(encoded(feature));
      }
    }
    return chosen;
  }

  @Override
  public ComputationGraphConfiguration graph(Features fitted, int outputs, long seed) {
    return DeclaredGraph.of(this, fitted, outputs, seed);
  }

  List<Layer> layers() {
    return network.layers() == null ? List.of() : network.layers();
  }

  /** The sequence's columns, channel after channel; none without a sequence. */
  List<String> stepColumns() {
    return network.sequence() == null
        ? List.of()
        : network.sequence().stream().flatMap(channel -> channel.columns().stream()).toList();
  }

  /** The columns that are embedded, each with its size. */
  Map<String, Integer> embeddings() {
    return features.stream()
        .filter(feature -> feature.encoding() == Encoding.EMBEDDING)
        .collect(Collectors.toMap(TrainingJobSpec.Feature::column, TrainingJobSpec.Feature::size));
  }

  private static Feature encoded(TrainingJobSpec.Feature feature) {
    String column = feature.column();
    return switch (feature.encoding()) {
      case NUMERIC -> Feature.numeric(column);
      case CATEGORICAL, EMBEDDING ->
          Feature.categorical(column, feature.minCount() == null ? 1 : feature.minCount());
      case CYCLIC -> Feature.cyclic(column, feature.period());
      case TIME -> Feature.time(column);
      case NONE -> throw new IllegalArgumentException("none is no encoding of an input");
    };
  }
}
