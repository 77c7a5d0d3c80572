package dev.firstday.contract;

import dev.firstday.api.ClassWeights;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.Network;
import dev.firstday.api.Network.Loss;
import dev.firstday.api.TrainingJobSpec;
import dev.firstday.api.TrainingJobSpec.EarlyStopping;
import dev.firstday.api.TrainingJobSpec.Feature;
import dev.firstday.api.TrainingJobSpec.Gate;
import dev.firstday.api.TrainingJobSpec.MetricName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Whether what is to be trained fits the columns of a data set: all that can be said without its
 * rows. The operator asks before it starts a pod, and the pod asks again, since it is the one that
 * knows the version's columns for certain.
 *
 * @param features null: those of the columns' types
 * @param network null: a class of the user's own
 * @param batchSize null: whatever suits
 */
public record TrainingRules(
    List<Feature> features,
    Network network,
    ClassWeights classWeights,
    Integer batchSize,
    EarlyStopping earlyStopping,
    List<Gate> gates) {

  /** Of a resource. */
  public static TrainingRules of(TrainingJobSpec spec) {
    return new TrainingRules(
        spec.features(),
        spec.network(),
        spec.classWeights(),
        spec.batchSize(),
        spec.earlyStopping(),
        spec.gates());
  }

  /** Of a run, whose batches are as large as its rows allow. */
  public static TrainingRules of(Run.Train run) {
    return new TrainingRules(
        run.features(), run.network(), run.classWeights(), null, run.earlyStopping(), run.gates());
  }

  /**
   * The first thing that is wrong.
   *
   * @param columns of the data set
   * @param trainRows of its training split; null when they are not known
   */
  public Optional<Problem> problem(List<DatasetSpec.Column> columns, Long trainRows) {
    List<DatasetSpec.Column> labels =
        columns.stream().filter(c -> c.effectiveRole() == Role.LABEL).toList();
    return Optional.of(labels)
        .filter(some -> !some.isEmpty())
        .flatMap(this::labelProblem)
        .or(() -> new FeatureRules(features, network, columns).problem())
        .or(() -> batchProblem(trainRows));
  }

  private Optional<Problem> labelProblem(List<DatasetSpec.Column> labels) {
    Loss declared = network == null ? null : network.loss();
    return LabelLosses.problem(labels, declared)
        .or(
            () -> {
              Loss loss = declared == null ? LabelLosses.fitting(labels).get(0) : declared;
              return weightProblem(labels, loss).or(() -> metricProblem(labels, loss));
            });
  }

  private Optional<Problem> weightProblem(List<DatasetSpec.Column> labels, Loss loss) {
    if (classWeights == null) {
      return Optional.empty();
    }
    if (labels.size() > 1) {
      return Optional.of(
          new Problem(
              "ClassWeightsInvalid",
              "spec.classWeights: a row has a class of each of the %d labels, so that no weight is its own; leave classWeights out"
                  .formatted(labels.size())));
    }
    DatasetSpec.Column label = labels.get(0);
    return switch (loss) {
      case MEAN_SQUARED_ERROR, MEAN_ABSOLUTE_ERROR ->
          Optional.of(
              new Problem(
                  "ClassWeightsInvalid",
                  "spec.classWeights: the label %s is a number and has no classes; leave classWeights out, or predict classes with network.loss: categoricalCrossEntropy"
                      .formatted(label.name())));
      case BINARY_CROSS_ENTROPY -> yesAndNo(label);
      // which values there are is for the rows to say
      case CATEGORICAL_CROSS_ENTROPY -> Optional.empty();
    };
  }

  private Optional<Problem> yesAndNo(DatasetSpec.Column label) {
    List<String> classes = List.of("false", "true");
    Set<String> others =
        new TreeSet<>(classWeights.weights() == null ? Set.of() : classWeights.weights().keySet());
    others.removeAll(classes);
    return others.stream()
        .findFirst()
        .map(
            name ->
                new Problem(
                    "ClassWeightsInvalid",
                    "spec.classWeights: the BOOLEAN label %s has no class '%s'%s; it is %s"
                        .formatted(
                            label.name(), name, Names.hint(name, classes), Names.list(classes))));
  }

  private Optional<Problem> metricProblem(List<DatasetSpec.Column> labels, Loss loss) {
    Optional<Problem> ofGates =
        IntStream.range(0, gates.size())
            .mapToObj(
                i ->
                    metric(
                        "spec.gates[%d].metric".formatted(i), gates.get(i).metric(), labels, loss))
            .flatMap(Optional::stream)
            .findFirst();
    return ofGates.or(
        () ->
            earlyStopping == null || earlyStopping.metric() == null
                ? Optional.empty()
                : metric("spec.earlyStopping.metric", earlyStopping.metric(), labels, loss));
  }

  private static Optional<Problem> metric(
      String field, MetricName metric, List<DatasetSpec.Column> labels, Loss loss) {
    Set<MetricName> available = LabelLosses.metrics(labels, loss);
    return available.contains(metric)
        ? Optional.empty()
        : Optional.of(
            new Problem(
                "MetricNotAvailable",
                "%s: %s does not exist for %s, which %s %s"
                    .formatted(
                        field,
                        Contract.name(metric),
                        LabelLosses.words(labels),
                        labels.size() > 1 ? "have" : "has",
                        Names.list(available.stream().map(Contract::name).toList()))));
  }

  private Optional<Problem> batchProblem(Long trainRows) {
    return batchSize == null || trainRows == null || batchSize <= trainRows
        ? Optional.empty()
        : Optional.of(
            new Problem(
                "BatchTooLarge",
                "spec.batchSize: a step takes %,d rows and the training split has %,d; set at most that"
                    .formatted(batchSize, trainRows)));
  }
}
