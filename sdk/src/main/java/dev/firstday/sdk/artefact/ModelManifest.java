package dev.firstday.sdk.artefact;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.firstday.api.MetricValue;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.sdk.evaluation.Evaluation;
import dev.firstday.sdk.feature.Features;
import dev.firstday.sdk.model.Task;
import java.util.List;
import java.util.Map;

/**
 * All that makes a model's version. The sha256 of its canonical JSON is the version's digest, so
 * nothing in it differs between equal runs: no run, no time, no version number.
 *
 * @param model the model's name
 * @param files the artefact's files by name
 * @param dataset what it learnt from
 * @param codeDigest sha256 of the jar, or of the declared features, network and loss
 * @param seed of weights, shuffling and dropout
 * @param epochs passes over the training split until training stopped
 * @param bestEpoch the pass whose weights were kept, counted from 1
 * @param task what is predicted
 * @param columns what a row has
 * @param libraries versions of what computed the weights
 * @param image reference of the image that trained, as its pod was given it: a digest where the
 *     chart names one; null: no image, or the version is older than that
 * @param metrics on the validation split, beside those of the best constant
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ModelManifest(
    String model,
    Map<String, FileReference> files,
    DatasetReference dataset,
    String codeDigest,
    long seed,
    int epochs,
    int bestEpoch,
    Task task,
    List<Features.InputColumn> columns,
    Map<String, String> libraries,
    @JsonInclude(JsonInclude.Include.NON_NULL) String image,
    List<MetricValue> metrics) {

  /** The network: a zip as DL4J writes it, without the updater's state. */
  public static final String MODEL = "model.zip";

  /** The fitted {@link Features}. */
  public static final String FEATURES = "features.json";

  /** The best constants. */
  public static final String BASELINE = "baseline.json";

  /** How the model scores, which gates it passed, and what lies behind its metrics. */
  public static final String EVALUATION = "evaluation.json";

  /** The same as a page for people. */
  public static final String REPORT = "report.html";

  /** Rows of the validation split with the answers recorded at training. */
  public static final String GOLDEN = "golden.json";

  /** The user's own classes, if any. */
  public static final String CODE = "code.jar";

  /** The network that training began with, if it was a file. */
  public static final String START = "start";

  /** What was asked for, by digests: the run that trained it, without its name. */
  public static final String RECIPE = "recipe.json";

  private static final int MAX_BYTES = 64 * 1024 * 1024;
  private static final int MAX_FILE_BYTES = 1024 * 1024 * 1024;

  /**
   * The manifest of the version with that digest, verified.
   *
   * @throws ArtefactException when it is damaged
   */
  public static ModelManifest load(String digest, ObjectSource objects) {
    ModelManifest manifest =
        Verified.json("manifest", digest, MAX_BYTES, objects, ModelManifest.class);
    if (manifest.files() == null) {
      throw ArtefactException.damaged("object %s is no manifest of a model".formatted(digest));
    }
    return manifest;
  }

  /**
   * Reads every file and holds it against its digest.
   *
   * @throws ArtefactException when one is damaged
   */
  public void verifyFiles(ObjectSource objects) {
    files.forEach((name, file) -> Verified.bytes(name, file.digest(), MAX_FILE_BYTES, objects));
  }

  /**
   * How the version scored at training.
   *
   * @throws ArtefactException when the file is damaged
   */
  public Evaluation evaluation(ObjectSource objects) {
    return Verified.json(
        EVALUATION, files.get(EVALUATION).digest(), MAX_BYTES, objects, Evaluation.class);
  }

  /**
   * By what it was trained.
   *
   * @throws ArtefactException when the file is damaged, or the version is older than recipes
   */
  public Run.Train recipe(ObjectSource objects) {
    FileReference file = files.get(RECIPE);
    if (file == null) {
      throw new ArtefactException(
          "RecipeMissing",
          "the version was recorded before versions had a recipe: train a new one to have one that can be reproduced");
    }
    return Verified.json(RECIPE, file.digest(), MAX_BYTES, objects, Run.Train.class);
  }

  /** The version's digest. */
  public String digest() {
    return Contract.digest(this);
  }

  /**
   * A stored file.
   *
   * @param digest sha256 of its bytes, and its name in the store
   */
  public record FileReference(String digest, long bytes) {}

  /** A data set's version and its splits' files. */
  public record DatasetReference(
      String name, int number, String digest, String trainDigest, String validationDigest) {}
}
