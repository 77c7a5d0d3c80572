package dev.firstday.trainer.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.factory.Nd4j;

/** What computes a network's weights. */
final class Libraries {
  private static final String DL4J =
      "/META-INF/maven/org.deeplearning4j/deeplearning4j-nn/pom.properties";

  private Libraries() {}

  /** Versions by name. */
  static Map<String, String> versions() {
    Properties pom = new Properties();
    try (InputStream resource = ComputationGraph.class.getResourceAsStream(DL4J)) {
      if (resource == null) {
        throw new IllegalStateException("deeplearning4j-nn's jar lacks " + DL4J);
      }
      pom.load(resource);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + DL4J, e);
    }
    return Map.of(
        "deeplearning4j-nn", pom.getProperty("version"),
        "nd4j-backend", Nd4j.getBackend().getClass().getSimpleName());
  }
}
