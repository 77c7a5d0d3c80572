package dev.firstday.contract;

import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.api.Layer;
import dev.firstday.api.Network;
import dev.firstday.api.TrainingJobSpec.Encoding;
import dev.firstday.api.TrainingJobSpec.Feature;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Whether declared features and layers fit the columns of a data set. */
public final class FeatureRules {
  private static final Set<Type> NUMBERS = EnumSet.of(Type.INTEGER, Type.BIGINT, Type.DOUBLE);

  private final List<Feature> features;
  private final Network network;
  private final Map<String, DatasetSpec.Column> columns;

  /**
   * @param columns of the data set, whatever their roles
   */
  FeatureRules(List<Feature> features, Network network, List<DatasetSpec.Column> columns) {
    this.features = features == null ? List.of() : features;
    this.network = network;
    this.columns =
        columns.stream()
            .filter(c -> c.effectiveRole() == Role.FEATURE || c.effectiveRole() == Role.EVENT_TIME)
            .collect(Collectors.toMap(DatasetSpec.Column::name, Function.identity()));
  }

  /** The types of columns that an encoding takes. */
  public static Set<Type> types(Encoding encoding) {
    return switch (encoding) {
      case NUMERIC -> EnumSet.of(Type.BOOLEAN, Type.INTEGER, Type.BIGINT, Type.DOUBLE);
      case CATEGORICAL, EMBEDDING ->
          EnumSet.of(Type.BOOLEAN, Type.INTEGER, Type.BIGINT, Type.VARCHAR);
      case CYCLIC -> NUMBERS;
      case TIME -> EnumSet.of(Type.DATE, Type.TIMESTAMP);
      case NONE -> EnumSet.allOf(Type.class);
    };
  }

  /** The first thing that is wrong. */
  Optional<Problem> problem() {
    return Stream.of(named(), encoded(), steps(), order(), inputs())
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Problem> named() {
    Set<String> seen = new HashSet<>();
    return first(
        features.size(),
        i -> {
          String column = features.get(i).column();
          String field = "spec.features[%d]".formatted(i);
          return seen.add(column) ? known(field, column) : twice(field, column);
        });
  }

  private Optional<Problem> encoded() {
    return first(
        features.size(),
        i -> {
          Feature feature = features.get(i);
          DatasetSpec.Column column = columns.get(feature.column());
          return column == null
              ? Optional.empty()
              : type("spec.features[%d]".formatted(i), column, feature.encoding());
        });
  }

  private Optional<Problem> steps() {
    if (network == null || network.sequence() == null) {
      return Optional.empty();
    }
    Set<String> seen =
        features.stream().map(Feature::column).collect(Collectors.toCollection(HashSet::new));
    return first(
        network.sequence().size(),
        channel -> {
          List<String> steps = network.sequence().get(channel).columns();
          return first(
              steps.size(),
              step -> {
                String field = "spec.network.sequence[%d].columns[%d]".formatted(channel, step);
                String column = steps.get(step);
                return seen.add(column)
                    ? known(field, column)
                        .or(() -> type(field, columns.get(column), Encoding.NUMERIC))
                    : twice(field, column);
              });
        });
  }

  private Optional<Problem> order() {
    if (network == null || network.layers() == null) {
      return Optional.empty();
    }
    List<Layer> layers = network.layers();
    return first(
        layers.size() - 1,
        i ->
            layers.get(i).effectiveType() == Layer.Type.DENSE
                    && layers.get(i + 1).effectiveType() != Layer.Type.DENSE
                ? Optional.of(
                    new Problem(
                        "NetworkInvalid",
                        "spec.network.layers[%d]: a layer of type %s stands behind a dense one, which leaves no sequence to read; put it before"
                            .formatted(i + 1, Contract.name(layers.get(i + 1).type()))))
                : Optional.empty());
  }

  /** A class of one's own says itself what its features are. */
  private Optional<Problem> inputs() {
    if (network == null || network.sequence() != null) {
      return Optional.empty();
    }
    Map<String, Encoding> encodings =
        features.stream()
            .collect(Collectors.toMap(Feature::column, Feature::encoding, (one, other) -> one));
    boolean any =
        columns.values().stream()
            .anyMatch(
                column ->
                    encodings.containsKey(column.name())
                        ? encodings.get(column.name()) != Encoding.NONE
                        : column.effectiveRole() == Role.FEATURE);
    return any
        ? Optional.empty()
        : Optional.of(
            new Problem(
                "FeatureInvalid",
                "spec.features: encoding none leaves no input to learn from; leave it out for a column"));
  }

  private Optional<Problem> known(String field, String column) {
    List<String> names = columns.keySet().stream().sorted().toList();
    return columns.containsKey(column)
        ? Optional.empty()
        : Optional.of(
            new Problem(
                "FeatureInvalid",
                "%s: the data set has no column %s with role feature or eventTime%s; it has %s"
                    .formatted(field, column, Names.hint(column, names), Names.list(names))));
  }

  private static Optional<Problem> twice(String field, String column) {
    return Optional.of(
        new Problem(
            "FeatureInvalid",
            "%s: column %s is named twice; name it once".formatted(field, column)));
  }

  private static Optional<Problem> type(
      String field, DatasetSpec.Column column, Encoding encoding) {
    return types(encoding).contains(column.type())
        ? Optional.empty()
        : Optional.of(
            new Problem(
                "FeatureInvalid",
                "%s: column %s is %s and cannot be encoded as %s, which takes %s"
                    .formatted(
                        field,
                        column.name(),
                        column.type(),
                        Contract.name(encoding),
                        types(encoding))));
  }

  private static Optional<Problem> first(int count, IntFunction<Optional<Problem>> check) {
    return IntStream.range(0, Math.max(0, count))
        .mapToObj(check)
        .flatMap(Optional::stream)
        .findFirst();
  }
}
