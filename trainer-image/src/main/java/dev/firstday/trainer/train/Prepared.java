package dev.firstday.trainer.train;

import dev.firstday.api.ClassWeights;
import dev.firstday.api.DatasetSpec;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.contract.TrainingRules;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.artefact.ArtefactException;
import dev.firstday.sdk.artefact.ModelZip;
import dev.firstday.sdk.data.Columns;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.evaluation.Gates;
import dev.firstday.sdk.evaluation.RowLosses;
import dev.firstday.sdk.feature.Feature;
import dev.firstday.sdk.feature.Features;
import dev.firstday.sdk.model.Labels;
import dev.firstday.sdk.model.NetworkBuilder;
import dev.firstday.sdk.model.RowWeights;
import dev.firstday.sdk.model.Task;
import dev.firstday.trainer.train.start.StartingPoint;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * All that is ready when training begins. Whatever the input has wrong shows while this is made.
 *
 * @param features fitted to the training split
 * @param training to learn from
 * @param validation to judge by
 * @param validationColumns the same rows as they were before encoding
 * @param network with its first weights
 * @param patience when to stop
 * @param slices for each column by whose parts the model is looked at, where its bands begin
 */
record Prepared(
    Features features,
    TrainingRows training,
    TrainingRows validation,
    Columns validationColumns,
    ComputationGraph network,
    Patience patience,
    Map<String, List<Double>> slices)
    implements AutoCloseable {

  /**
   * @throws RunFailure when data, features, network and gates do not fit each other
   */
  static Prepared of(Run.Train run, Splits splits, ModelSource source) {
    requireFit(run, splits);
    List<Feature> declared = source.model().features(splits.inputs());
    List<DatasetSpec.Column> columns = columns(declared, splits, source.cure());
    Columns trainingColumns = splits.training(columns);
    Task task = Labels.task(splits.labels(), source.loss(), trainingColumns);
    Gates.requireMeasurable(run.gates(), task);
    Features features = Features.fit(declared, trainingColumns);
    TrainingRows training =
        weighted(run.classWeights(), rows(task, features, trainingColumns, "training", splits));
    Map<String, List<Double>> slices = SliceRules.of(run.evaluation(), splits.manifest());
    Columns validationColumns =
        splits.validation(with(columns, slices.keySet(), splits.manifest()));
    TrainingRows validation = rows(task, features, validationColumns, "validation", splits);
    source.start().ifPresent(start -> start.requireFit(features, task, source.loss()));
    ComputationGraph network =
        NetworkBuilder.build(source.model(), features, task, run.seed(), source.cure());
    source.start().map(StartingPoint::weights).ifPresent(weights -> begin(network, weights));
    Checkpoint.requireRoom(network, source.cure());
    requireStorable(network, source.cure());
    Patience patience =
        Patience.start(
            run.earlyStopping(), RowLosses.metric(task, NetworkBuilder.hasAbsoluteError(network)));
    return new Prepared(
        features, training, validation, validationColumns, network, patience, slices);
  }

  /** Deletes the encoded rows. */
  @Override
  public void close() {
    training.features().close();
    validation.features().close();
  }

  Task task() {
    return training.task();
  }

  /** The operator asked as well, if it knew the version's columns. */
  private static void requireFit(Run.Train run, Splits splits) {
    TrainingRules.of(run)
        .problem(splits.manifest().columns(), null)
        .ifPresent(
            problem -> {
              throw new RunFailure(problem.reason(), problem.message(), Cure.FIX_SPEC);
            });
  }

  private static List<DatasetSpec.Column> columns(
      List<Feature> declared, Splits splits, Cure cure) {
    List<String> names =
        Stream.concat(
                declared.stream().map(Feature::column),
                splits.labels().stream().map(DatasetSpec.Column::name))
            .toList();
    for (Feature feature : declared) {
      if (splits.inputs().stream().noneMatch(c -> c.name().equals(feature.column()))) {
        throw new RunFailure(
            "FeatureInvalid",
            "the model's feature %s is no column of data set %s with role feature or eventTime; these are %s"
                .formatted(
                    feature.column(),
                    splits.manifest().name(),
                    splits.inputs().stream()
                        .map(DatasetSpec.Column::name)
                        .collect(Collectors.joining(", "))),
            cure);
      }
    }
    return splits.manifest().columns().stream().filter(c -> names.contains(c.name())).toList();
  }

  /** Slices may be of columns that the model does not get. */
  private static List<DatasetSpec.Column> with(
      List<DatasetSpec.Column> columns, Set<String> slices, DatasetManifest manifest) {
    return manifest.columns().stream()
        .filter(column -> columns.contains(column) || slices.contains(column.name()))
        .toList();
  }

  private static TrainingRows rows(
      Task task, Features features, Columns columns, String split, Splits splits) {
    double[] labels = Labels.values(task, columns, split);
    return new TrainingRows(task, splits.encoded(features, columns), labels);
  }

  private static TrainingRows weighted(ClassWeights declared, TrainingRows rows) {
    return new TrainingRows(
        rows.task(),
        rows.features(),
        rows.labels(),
        RowWeights.byClass(declared, rows.task(), rows.labels()));
  }

  /** None: chance decided them already. */
  private static void begin(ComputationGraph network, float[] weights) {
    if (weights.length > 0) {
      Learner.setWeights(network, weights);
    }
  }

  private static void requireStorable(ComputationGraph network, Cure cure) {
    try {
      ModelZip.read(ModelZip.write(network));
    } catch (ArtefactException e) {
      throw new RunFailure(
          "NetworkNotStorable",
          "the network could be trained but not served: " + e.getMessage(),
          cure,
          e);
    }
  }
}
