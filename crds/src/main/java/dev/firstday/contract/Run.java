package dev.firstday.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.firstday.api.ClassWeights;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.Errand;
import dev.firstday.api.GoldenCase;
import dev.firstday.api.Network;
import dev.firstday.api.Retention;
import dev.firstday.api.Signing;
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
  @JsonSubTypes.Type(value = Run.Inventory.class, name = "inventory"),
  @JsonSubTypes.Type(value = Run.Inspect.class, name = "inspect"),
  @JsonSubTypes.Type(value = Run.Evaluate.class, name = "evaluate"),
  @JsonSubTypes.Type(value = Run.Sweep.class, name = "sweep"),
  @JsonSubTypes.Type(value = Run.Reproduce.class, name = "reproduce")
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

  /**
   * Brings a data set up to date: builds a version of what is new, checks it, and records it as
   * good or as refused; or, with nothing new, looks at the current version again; and sweeps what
   * {@code retention} no longer keeps.
   *
   * @param spec the data set's {@linkplain DatasetSpec#recipe() recipe}
   * @param trigger says whether an unchanged version is checked again
   * @param previous the latest good version; null when there is none
   * @param pinned the version that the deployed model learnt from; null when there is none
   * @param referred numbers of the versions that resources refer to
   * @param retention null: every version is kept
   */
  record Snapshot(
      String uid,
      String namespace,
      String dataset,
      DatasetSpec spec,
      DatasetStatus.RefreshTrigger trigger,
      DatasetVersionReference previous,
      DatasetVersionReference pinned,
      List<Integer> referred,
      Retention retention)
      implements Run {}

  /**
   * Trains on a data set's version and, if the gates pass, records a version of the model.
   *
   * @param checkpointSeconds from one checkpoint to the next
   */
  record Train(
      String uid,
      String namespace,
      String trainingJob,
      String model,
      DatasetVersionReference dataset,
      List<TrainingJobSpec.Feature> features,
      Network network,
      TrainingJobSpec.Code code,
      ClassWeights classWeights,
      int epochs,
      int batchSize,
      long seed,
      TrainingJobSpec.EarlyStopping earlyStopping,
      List<TrainingJobSpec.Gate> gates,
      TrainingJobSpec.EvaluationSpec evaluation,
      long checkpointSeconds)
      implements Run {

    /**
     * What of it decides the outcome, and nothing of who asked for it and where its files lay.
     *
     * @param pinnedNetwork the network, its starting file by digest; null: a class of a jar
     * @param pinnedCode the class, its jar by digest; null: a declared network
     */
    public Train recipe(Network pinnedNetwork, TrainingJobSpec.Code pinnedCode) {
      return new Train(
          null,
          null,
          null,
          model,
          dataset,
          features,
          pinnedNetwork,
          pinnedCode,
          classWeights,
          epochs,
          batchSize,
          seed,
          earlyStopping,
          gates,
          evaluation,
          0);
    }
  }

  /**
   * Lists the versions of a model that S3 holds.
   *
   * @param limit how many of the newest
   * @param also numbers of others that are listed, where there are such versions
   */
  record Inventory(String uid, String namespace, String model, int limit, List<Integer> also)
      implements Run {}

  /**
   * Loads versions of a model, each file held against its digest, and asks each the validation rows
   * whose answers were recorded at training, and the golden cases. Carried out by the server image,
   * since that is what will serve them.
   *
   * @param signing by whom they are to be signed; null: nobody looks
   * @param golden what a version has to answer; left out: nothing
   * @param admitted digests of versions that have passed before, and are not asked golden cases,
   *     since these may be others by now; left out: none
   * @param data whether the data that versions learnt from is read and hashed, too
   */
  record Inspect(
      String uid,
      String namespace,
      String model,
      List<Errand.Subject> versions,
      Signing signing,
      List<GoldenCase> golden,
      List<String> admitted,
      boolean data)
      implements Run {
    public Inspect {
      golden = golden == null ? List.of() : List.copyOf(golden);
      admitted = admitted == null ? List.of() : List.copyOf(admitted);
    }

    /** What the server image's program is told. */
    public static final String VERB = "inspect";
  }

  /**
   * Scores versions of a model on the validation split of a data set's version that is newer than
   * what they learnt from, beside the constants that are best for its training split.
   *
   * @param maxDrop how much worse than at training the first gate's metric may be, in its own unit;
   *     null: any
   */
  record Evaluate(
      String uid,
      String namespace,
      String model,
      List<Errand.Subject> versions,
      DatasetVersionReference dataset,
      Double maxDrop)
      implements Run {}

  /**
   * Marks versions of a model that are no longer kept, takes marks back, and deletes the files of
   * those whose grace period is over.
   *
   * @param retention null: every version is kept
   * @param referred numbers of the versions that resources refer to
   */
  record Sweep(
      String uid, String namespace, String model, Retention retention, List<Integer> referred)
      implements Run {}

  /** Trains a version of a model once more, by its recipe, and compares. Nothing is recorded. */
  record Reproduce(String uid, String namespace, String model, Errand.Subject version)
      implements Run {}

  /** A version by name, number and digest; the digest decides. */
  record DatasetVersionReference(String name, int number, String digest) {}
}
