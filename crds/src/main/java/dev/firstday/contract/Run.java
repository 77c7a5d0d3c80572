package dev.firstday.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.TrainingJobSpec;
import java.util.List;

/**
 * What a worker is asked to do: the one document that a Job's pod gets, as JSON in the variable
 * {@value #VARIABLE}. It holds all that decides the outcome, so that the same run gives the same
 * result. The worker answers with a {@link RunResult}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "run")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Run.Snapshot.class, name = "snapshot"),
  @JsonSubTypes.Type(value = Run.Train.class, name = "train"),
  @JsonSubTypes.Type(value = Run.Inventory.class, name = "inventory")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Run {
  String VARIABLE = "FIRSTDAY_RUN";

  /**
   * Names the run. A record in S3 that carries it was written by this run, whichever attempt it
   * was.
   */
  String uid();

  /** The namespace; the S3 prefix is derived from it and from nothing else. */
  String namespace();

  /** Builds a version of a data set, checks it, and records it as good or as refused. */
  record Snapshot(
      String uid,
      String namespace,
      String dataset,
      DatasetSpec.Source source,
      String transform,
      List<DatasetSpec.Column> columns,
      DatasetSpec.Split split,
      List<DatasetSpec.Check> checks)
      implements Run {}

  /** Trains on a data set's version and, if the gates pass, records a version of the model. */
  record Train(
      String uid,
      String namespace,
      String trainingJob,
      String model,
      DatasetVersionReference dataset,
      List<TrainingJobSpec.Feature> features,
      TrainingJobSpec.Network network,
      TrainingJobSpec.Code code,
      int epochs,
      int batchSize,
      long seed,
      TrainingJobSpec.EarlyStopping earlyStopping,
      List<TrainingJobSpec.Gate> gates)
      implements Run {}

  /** Lists the versions of a model that S3 holds. */
  record Inventory(String uid, String namespace, String model, int limit) implements Run {}

  /** A version by name, number and digest; the digest decides. */
  record DatasetVersionReference(String name, int number, String digest) {}
}
