package dev.firstday.contract;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.MetricValue;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.RetentionState;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.api.VersionHealth.DataState;
import dev.firstday.api.VersionHealth.SignatureState;
import java.util.List;

/**
 * What a worker answers: one JSON document of at most {@value #MAX_BYTES} bytes, written to the
 * pod's termination message. Details lie in S3. The operator reads it as untrusted input: {@link
 * Contract#readResult}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "result")
@JsonSubTypes({
  @JsonSubTypes.Type(value = RunResult.Snapshot.class, name = "snapshot"),
  @JsonSubTypes.Type(value = RunResult.Train.class, name = "train"),
  @JsonSubTypes.Type(value = RunResult.Inventory.class, name = "inventory"),
  @JsonSubTypes.Type(value = RunResult.Inspection.class, name = "inspection"),
  @JsonSubTypes.Type(value = RunResult.Evaluation.class, name = "evaluation"),
  @JsonSubTypes.Type(value = RunResult.Sweep.class, name = "sweep"),
  @JsonSubTypes.Type(value = RunResult.Reproduction.class, name = "reproduction"),
  @JsonSubTypes.Type(value = RunResult.Failure.class, name = "failure")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public sealed interface RunResult {
  /** The kubelet cuts a termination message at this size. */
  int MAX_BYTES = 4096;

  /** Reason of a failure: objects of the data set's current version are gone or not as recorded. */
  String VERSION_DAMAGED = "VersionDamaged";

  /** The uid of the run that is answered; another run's answer is none. */
  String uid();

  /**
   * A version was recorded, or the one there already was is the same; {@code version.refused} tells
   * of failed checks of severity error when it was built.
   *
   * @param checks null when nothing was checked: an unchanged version, looked at for changes only
   * @param retention null when the run has none
   */
  record Snapshot(
      String uid,
      DatasetStatus.Version version,
      DatasetStatus.Checks checks,
      RetentionState retention)
      implements RunResult {}

  /** Training ended; without a version in it, a gate failed. */
  record Train(String uid, TrainingJobStatus.Result training) implements RunResult {}

  /**
   * The newest versions, newest first.
   *
   * @param count how many there are in all
   * @param marked numbers of those that retention is about to delete
   */
  record Inventory(String uid, int count, List<ModelVersion> versions, List<Integer> marked)
      implements RunResult {}

  /** What was found, version by version. */
  record Inspection(String uid, List<Finding> findings) implements RunResult {

    /**
     * @param fault one word in CamelCase; null: nothing is wrong
     * @param message what, where and the cure; null without a fault
     * @param signature what the run's policy of signing made of it; null: nobody looked
     * @param data whether the data that it learnt from is as it was recorded, without a time; null:
     *     nobody looked
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Finding(
        int number,
        String digest,
        String fault,
        String message,
        SignatureState signature,
        DataState data) {

      /** One of a version whose data nobody looked at. */
      public Finding(
          int number, String digest, String fault, String message, SignatureState signature) {
        this(number, digest, fault, message, signature, null);
      }
    }
  }

  /** How versions score, one by one. */
  record Evaluation(String uid, List<Score> scores) implements RunResult {

    /**
     * @param metrics null where it could not be scored
     * @param fault one word in CamelCase; null: nothing is wrong
     * @param message what, where and the cure; null without a fault
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Score(
        int number, String digest, List<MetricValue> metrics, String fault, String message) {}
  }

  /**
   * Versions of a model were swept.
   *
   * @param removed how many have been deleted in all
   */
  record Sweep(String uid, int removed, RetentionState retention) implements RunResult {}

  /**
   * A version was trained once more.
   *
   * @param digest of the version
   * @param verdict one word in CamelCase, of {@link dev.firstday.api.Reproduction} or a failure's
   * @param message what was compared, and what it came to
   */
  record Reproduction(String uid, String digest, String verdict, String message)
      implements RunResult {}

  /**
   * Nothing was recorded.
   *
   * @param reason one word in CamelCase, for a condition's reason
   * @param message what, where and the cure, for people
   * @param cure who has to act before another attempt can succeed
   */
  record Failure(String uid, String reason, String message, Cure cure) implements RunResult {}

  /** What has to change before another attempt can succeed. */
  enum Cure {
    /** Nothing of ours: S3 was away, a pod was lost. Another attempt soon. */
    WAIT,
    /**
     * The world outside the resource: a file, a bucket, a credential, the rows. Another attempt now
     * and then.
     */
    FIX_DATA,
    /** The resource itself. No attempt until its spec changes. */
    FIX_SPEC
  }
}
