package dev.firstday.sdk.artefact;

import dev.firstday.sdk.feature.Features;
import dev.firstday.sdk.model.Task;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A recorded version, ready to answer: rows go through {@link #features()} into {@link #predict}.
 */
public final class LoadedModel {
  private static final int MAX_JSON = 64 * 1024 * 1024;
  private static final int MAX_MODEL = 1024 * 1024 * 1024;

  private final String digest;
  private final ModelManifest manifest;
  private final Features features;
  private final List<GoldenRow> golden;
  private final ComputationGraph network;
  private final Predictor predictor;

  private LoadedModel(
      String digest,
      ModelManifest manifest,
      Features features,
      List<GoldenRow> golden,
      ComputationGraph network,
      Predictor predictor) {
    this.digest = digest;
    this.manifest = manifest;
    this.features = features;
    this.golden = golden;
    this.network = network;
    this.predictor = predictor;
  }

  /**
   * Reads a version. Each file's digest is checked before the file is opened, and the network's zip
   * is opened only if nothing in it can run code.
   *
   * @param digest the version's
   * @throws ArtefactException when a file is damaged or unsafe
   * @throws IllegalStateException when this JVM would deserialise objects (see {@link
   *     SerialFilter})
   */
  public static LoadedModel open(String digest, ObjectSource objects) {
    SerialFilter.require();
    ModelManifest manifest = ModelManifest.load(digest, objects);
    Features features = json(manifest, ModelManifest.FEATURES, objects, Features.class);
    GoldenRow[] golden = json(manifest, ModelManifest.GOLDEN, objects, GoldenRow[].class);
    byte[] zip =
        Verified.bytes(
            ModelManifest.MODEL, fileDigest(manifest, ModelManifest.MODEL), MAX_MODEL, objects);
    ComputationGraph network = ModelZip.read(zip);
    Predictor predictor = new Predictor(network, manifest.task(), features.width());
    requireFit(predictor, features);
    return new LoadedModel(digest, manifest, features, List.of(golden), network, predictor);
  }

  private static void requireFit(Predictor predictor, Features features) {
    try {
      predictor.predict(new float[features.width()], 1);
    } catch (RuntimeException e) {
      throw new ArtefactException(
          "ArtefactDamaged",
          "the network cannot take the %d inputs that the features make: %s"
              .formatted(features.width(), e.getMessage()),
          e);
    }
  }

  /** The version's digest. */
  public String digest() {
    return digest;
  }

  public ModelManifest manifest() {
    return manifest;
  }

  /** What is predicted: the meaning of an answer's numbers. */
  public Task task() {
    return manifest.task();
  }

  /** What {@link #predict} runs, for those who would run it in another way. */
  public ComputationGraph network() {
    return network;
  }

  /** Encodes rows. */
  public Features features() {
    return features;
  }

  /** Rows with the answers that were recorded. */
  public List<GoldenRow> golden() {
    return golden;
  }

  /**
   * Answers encoded rows, many at the cost of few. Threads may share it; they wait for each other.
   *
   * @param inputs row after row, {@code features().width()} numbers each
   * @param rows how many; at least 1
   * @return for each row {@code task().outputs()} numbers: the probability of yes, of each class,
   *     or the number in the label's unit
   */
  public double[][] predict(float[] inputs, int rows) {
    return predictor.predict(inputs, rows);
  }

  private static <T> T json(
      ModelManifest manifest, String name, ObjectSource objects, Class<T> type) {
    return Verified.json(name, fileDigest(manifest, name), MAX_JSON, objects, type);
  }

  private static String fileDigest(ModelManifest manifest, String name) {
    ModelManifest.FileReference reference = manifest.files().get(name);
    if (reference == null) {
      throw ArtefactException.damaged("the manifest names no %s".formatted(name));
    }
    return reference.digest();
  }
}
