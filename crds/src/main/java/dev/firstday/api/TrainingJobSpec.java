package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** What is trained, on what, and when the result is good enough to be recorded. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.network) != has(self.code)",
    message = "a training job has exactly one of network and code")
@ValidationRule(
    value = "!has(self.features) || has(self.network)",
    message = "features goes with network: a class of your own (code) names its features itself")
@ValidationRule(
    value =
        "!has(self.network) || !has(self.network.updater) || !has(self.network.updater.schedule)"
            + " || !has(self.network.updater.schedule.warmupEpochs)"
            + " || self.network.updater.schedule.warmupEpochs < self.epochs",
    message = "network.updater.schedule.warmupEpochs is less than epochs")
@ValidationRule(
    value = "!has(self.retrain) || !has(self.dataset.version)",
    message = "retrain takes newer versions of the data set: leave out dataset.version")
public record TrainingJobSpec(
    @Required @JsonPropertyDescription("What to learn from.") DatasetReference dataset,
    @Required
        @Pattern(Firstday.NAME_PATTERN)
        @JsonPropertyDescription("The Model, in the same namespace, that gets the version.")
        String model,
    @Size(max = 1000)
        @JsonPropertyDescription(
            "How columns become inputs, where the encoding that their type suggests is not wanted.")
        List<Feature> features,
    @JsonPropertyDescription("A network that is declared here.") Network network,
    @JsonPropertyDescription("A class of your own.") Code code,
    @JsonPropertyDescription("How much each class counts in the loss. Left out: all rows alike.")
        ClassWeights classWeights,
    @Required
        @Min(1)
        @Max(10000)
        @JsonPropertyDescription("Passes over the training split, at most.")
        Integer epochs,
    @Min(1)
        @Max(1048576)
        @JsonPropertyDescription("Rows in one step of the optimiser. Left out: 256.")
        Integer batchSize,
    @JsonPropertyDescription("Seeds weights, shuffling and dropout. Left out: 1.") Long seed,
    @JsonPropertyDescription("Stop when validation no longer improves, and keep the best epoch.")
        EarlyStopping earlyStopping,
    @Required
        @Size(min = 1, max = 20)
        @JsonPropertyDescription("All must pass, or no version is recorded.")
        List<Gate> gates,
    @JsonPropertyDescription("What a version is looked at by, beside its metrics.")
        EvaluationSpec evaluation,
    @JsonPropertyDescription("Cpu, memory and GPUs of the trainer pod.") WorkerResources resources,
    @Size(max = 20) @JsonPropertyDescription("Labels that the trainer's node must have.")
        Map<String, String> nodeSelector,
    @Size(max = 20) @JsonPropertyDescription("Taints that the trainer pod tolerates.")
        List<Toleration> tolerations,
    @JsonPropertyDescription(
            "Which nodes and which neighbours the trainer pod seeks or shuns: affinity as in a pod's spec.")
        Map<String, JsonNode> affinity,
    @Pattern("^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$")
        @JsonPropertyDescription(
            "The PriorityClass of the trainer pod: whom it may push off a node, and who may push it. Left out:"
                + " the cluster's default.")
        String priorityClassName,
    @Min(0)
        @Max(20)
        @JsonPropertyDescription("New attempts after a pod was lost or S3 was away. Left out: 3.")
        Integer retries,
    @Min(1)
        @Max(604800)
        @JsonPropertyDescription("Seconds that one attempt may take. Left out: 3600.")
        Long deadlineSeconds,
    @Min(1)
        @Max(604800)
        @JsonPropertyDescription(
            "Seconds that a pod may wait for a node, as for a free GPU. Left out: as long as it takes.")
        Long schedulingDeadlineSeconds,
    @Min(1)
        @Max(86400)
        @JsonPropertyDescription(
            "Seconds from one checkpoint in S3 to the next; a new attempt goes on from the last. One is also made"
                + " when the pod is told to end. Left out: 300.")
        Long checkpointSeconds,
    @JsonPropertyDescription(
            "When newer data are learnt from. Left out: when the spec changes, or the annotation"
                + " firstday.dev/retrain.")
        Retrain retrain,
    @JsonPropertyDescription("Start nothing while true, and end what runs.") Boolean suspend) {

  /** What asks for another run when it changes: all but how a run goes on. */
  public TrainingJobSpec recipe() {
    return new TrainingJobSpec(
        dataset,
        model,
        features,
        network,
        code,
        classWeights,
        epochs,
        batchSize,
        seed,
        earlyStopping,
        gates,
        evaluation,
        resources,
        nodeSelector,
        tolerations,
        affinity,
        priorityClassName,
        retries,
        deadlineSeconds,
        schedulingDeadlineSeconds,
        null,
        null,
        null);
  }

  /** A version of a data set. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record DatasetReference(
      @Required
          @Pattern(Firstday.NAME_PATTERN)
          @JsonPropertyDescription("A Dataset in the same namespace.")
          String name,
      @Min(1)
          @JsonPropertyDescription(
              "The version's number. Left out: the latest that passed its checks.")
          Integer version) {}

  /** One column's way into the network. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "(self.encoding == 'cyclic') == has(self.period)",
      message = "period goes with encoding: cyclic, and only with it")
  @ValidationRule(
      value =
          "!has(self.minCount) || self.encoding == 'categorical' || self.encoding == 'embedding'",
      message = "minCount goes with encoding: categorical and encoding: embedding")
  @ValidationRule(
      value = "(self.encoding == 'embedding') == has(self.size)",
      message = "size goes with encoding: embedding, and only with it")
  public record Feature(
      @Required @Pattern(Firstday.COLUMN_PATTERN) @JsonPropertyDescription("The data set's column.")
          String column,
      @Required
          @JsonPropertyDescription(
              "numeric (scaled to mean 0, deviation 1), categorical (one input a value seen in training),"
                  + " cyclic (sine and cosine of value/period), time (a time of day, of week and of year, each"
                  + " cyclic), embedding (as categorical, then size numbers a value, which are learnt) or none (not"
                  + " an input).")
          Encoding encoding,
      @JsonPropertyDescription(
              "The value at which a cyclic feature is back at its start: 24 for hours.")
          Double period,
      @Min(1)
          @JsonPropertyDescription(
              "Values seen in fewer training rows count as unknown. Left out: 1.")
          Integer minCount,
      @Min(1) @Max(1024) @JsonPropertyDescription("Numbers that an embedding has for each value.")
          Integer size) {}

  /** How a column becomes numbers. */
  public enum Encoding {
    @JsonProperty("numeric")
    NUMERIC,
    @JsonProperty("categorical")
    CATEGORICAL,
    @JsonProperty("cyclic")
    CYCLIC,
    @JsonProperty("time")
    TIME,
    @JsonProperty("embedding")
    EMBEDDING,
    @JsonProperty("none")
    NONE
  }

  /** A class that implements {@code dev.firstday.sdk.model.Model}. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Code(
      @Required
          @Size(min = 1, max = 1024)
          @JsonPropertyDescription(
              "The jar: s3://bucket/key, or a key below the namespace's own prefix files/.")
          String jar,
      @Pattern("^[0-9a-f]{64}$")
          @JsonPropertyDescription("The jar's sha256; another jar there is refused. Left out: any.")
          String sha256,
      @Required
          @Pattern("^[A-Za-z_$][A-Za-z0-9_$]*([.][A-Za-z_$][A-Za-z0-9_$]*)*$")
          @Size(max = 512)
          @JsonPropertyDescription(
              "The class, with its package. It has a public constructor without arguments.")
          String className) {}

  /** Judged on the validation split after each epoch. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record EarlyStopping(
      @Required
          @Min(1)
          @Max(1000)
          @JsonPropertyDescription(
              "Epochs in a row without improvement after which training stops.")
          Integer patience,
      @JsonPropertyDescription(
              "What must improve. Left out: logLoss for classes, rmse or mae for numbers, as the loss.")
          MetricName metric,
      @Min(0) @JsonPropertyDescription("An improvement is at least this. Left out: 0.")
          Double minImprovement) {}

  /** Metrics of the validation split. */
  public enum MetricName {
    @JsonProperty("logLoss")
    LOG_LOSS,
    @JsonProperty("auc")
    AUC,
    @JsonProperty("accuracy")
    ACCURACY,
    @JsonProperty("brier")
    BRIER,
    @JsonProperty("rmse")
    RMSE,
    @JsonProperty("mae")
    MAE,
    @JsonProperty("r2")
    R2,
    @JsonProperty("macroAuc")
    MACRO_AUC,
    @JsonProperty("macroF1")
    MACRO_F1,
    @JsonProperty("microF1")
    MICRO_F1,
    @JsonProperty("hammingLoss")
    HAMMING_LOSS,
    @JsonProperty("subsetAccuracy")
    SUBSET_ACCURACY;

    /** Whether a greater value is a better one. */
    public boolean greaterIsBetter() {
      return switch (this) {
        case AUC, ACCURACY, R2, MACRO_AUC, MACRO_F1, MICRO_F1, SUBSET_ACCURACY -> true;
        case LOG_LOSS, BRIER, RMSE, MAE, HAMMING_LOSS -> false;
      };
    }
  }

  /** A bound that the metric on the validation split must hold. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value =
          "has(self.mustBeatBaselineBy) || has(self.mustBeatLinearBy) || has(self.mustBeAtLeast) || has(self.mustBeAtMost)",
      message = "a gate has mustBeatBaselineBy, mustBeatLinearBy, mustBeAtLeast or mustBeAtMost")
  public record Gate(
      @Required @JsonPropertyDescription("What is bounded.") MetricName metric,
      @Min(0)
          @JsonPropertyDescription(
              "Better than the best constant by at least this, in the metric's own unit. 0: better at all.")
          Double mustBeatBaselineBy,
      @Min(0)
          @JsonPropertyDescription(
              "Better than a linear model of the same inputs by at least this, in the metric's own unit. 0: better"
                  + " at all.")
          Double mustBeatLinearBy,
      @JsonPropertyDescription("The metric must be this or greater.") Double mustBeAtLeast,
      @JsonPropertyDescription("The metric must be this or less.") Double mustBeAtMost) {}

  /** How a version is looked at. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record EvaluationSpec(
      @Size(max = 20)
          @JsonPropertyDescription(
              "Columns by whose values the metric is told apart. The worst parts of the inputs are looked for anyway.")
          List<Slice> slices) {}

  /** One column's parts. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Slice(
      @Required
          @Pattern(Firstday.COLUMN_PATTERN)
          @JsonPropertyDescription("A column of the data set, whether the model gets it or not.")
          String column,
      @Size(min = 1, max = 50)
          @JsonPropertyDescription(
              "Where one band of a number ends and the next begins, ascending; a bound belongs to the band above it."
                  + " Left out: each value of a text, of yes and no and of at most 20 whole numbers, quartiles of others.")
          List<Double> bounds) {}

  /** A taint that the pod tolerates, as in a pod's spec. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Toleration(
      @JsonPropertyDescription("The taint's key. Left out: every taint.") String key,
      @JsonPropertyDescription("Exists or Equal (when left out).") String operator,
      @JsonPropertyDescription("The taint's value, for Equal.") String value,
      @JsonPropertyDescription("NoSchedule, PreferNoSchedule or NoExecute. Left out: all of them.")
          String effect) {}
}
