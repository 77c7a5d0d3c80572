package dev.firstday.trainer.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import org.bytedeco.openblas.global.openblas;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.factory.Nd4j;

/** What computes a network's weights. */
final class Libraries {
  private static final String DL4J =
      "/META-INF/maven/org.deeplearning4j/deeplearning4j-nn/pom.properties";
  private static final String OPENBLAS = "/META-INF/maven/org.bytedeco/openblas/pom.properties";

  private Libraries() {}

  /** Versions by name; OpenBLAS's is followed by that of its bindings, as 0.3.19-1.5.7. */
  static Map<String, String> versions() {
    return Map.of(
        "firstday", version(Libraries.class, "release.properties"),
        "java", Runtime.version().toString(),
        "deeplearning4j-nn", version(ComputationGraph.class, DL4J),
        "nd4j-backend", Nd4j.getBackend().getClass().getSimpleName(),
        "openblas", version(openblas.class, OPENBLAS));
  }

  private static String version(Class<?> of, String properties) {
    Properties read = new Properties();
    try (InputStream resource = of.getResourceAsStream(properties)) {
      if (resource == null) {
        throw new IllegalStateException(
            "%s lacks %s beside it".formatted(of.getName(), properties));
      }
      read.load(resource);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + properties, e);
    }
    return read.getProperty("version");
  }
}
