package dev.firstday.sdk.artefact;

import dev.firstday.sdk.model.Graphs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network as a zip that DL4J's ModelSerializer can read, with equal bytes for equal networks. It
 * is read here and not by ModelSerializer, which deserialises Java objects from some entries.
 */
public final class ModelZip {
  static final String CONFIGURATION = "configuration.json";
  static final String COEFFICIENTS = "coefficients.bin";

  private static final Map<String, Integer> CAPS =
      Map.of(CONFIGURATION, 16 * 1024 * 1024, COEFFICIENTS, 1024 * 1024 * 1024);

  /** Zip entries carry a time; a fixed one keeps equal networks equal. */
  private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private ModelZip() {}

  /** Configuration and weights; not the updater's state, which only further training would use. */
  public static byte[] write(ComputationGraph network) {
    Map<String, byte[]> entries = new TreeMap<>();
    entries.put(
        CONFIGURATION, network.getConfiguration().toJson().getBytes(StandardCharsets.UTF_8));
    entries.put(COEFFICIENTS, bytes(network.params()));
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(target)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry header = new ZipEntry(entry.getKey());
        header.setTimeLocal(ENTRY_TIME);
        zip.putNextEntry(header);
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return target.toByteArray();
  }

  /**
   * @throws ArtefactException when the zip holds anything but a network's configuration and weights
   */
  public static ComputationGraph read(byte[] zip) {
    Map<String, byte[]> entries = GuardedZip.entries("model.zip", zip, CAPS);
    String json =
        ConfigurationGuard.checked(
            CONFIGURATION, new String(entries.get(CONFIGURATION), StandardCharsets.UTF_8));
    try (DataInputStream coefficients =
        new DataInputStream(new ByteArrayInputStream(entries.get(COEFFICIENTS)))) {
      ComputationGraph network = new ComputationGraph(graph(json));
      network.init(Nd4j.read(coefficients), false);
      return network;
    } catch (IOException | RuntimeException e) {
      throw new ArtefactException(
          "ArtefactDamaged", "model.zip holds no network: " + e.getMessage(), e);
    }
  }

  /**
   * A network without weights: what DL4J's toJson gives of a graph, or of layers in a row.
   *
   * @param file the name, for messages
   * @throws ArtefactException when it is none, or names a class that is no part of a network
   */
  public static ComputationGraphConfiguration configuration(String file, String json) {
    String checked = ConfigurationGuard.checked(file, json);
    try {
      ComputationGraphConfiguration graph = graph(checked);
      if (graph.getVertices() == null || graph.getVertices().isEmpty()) {
        throw new IllegalArgumentException("it has no vertices");
      }
      return graph;
    } catch (RuntimeException e) {
      throw new ArtefactException(
          "ArtefactDamaged", "%s configures no network: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Layers in a row have the same weights in the same order as the graph that they are. */
  private static ComputationGraphConfiguration graph(String json) {
    return json.contains("\"confs\"")
        ? Graphs.of(MultiLayerConfiguration.fromJson(json))
        : ComputationGraphConfiguration.fromJson(json);
  }

  private static byte[] bytes(INDArray array) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream target = new DataOutputStream(bytes)) {
      Nd4j.write(array, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
