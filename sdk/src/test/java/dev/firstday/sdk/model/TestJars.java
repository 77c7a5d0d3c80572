package dev.firstday.sdk.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Jars with a class that a test writes. */
public final class TestJars {
  /** A user's model: all features by type, one hidden layer, for a BOOLEAN label. */
  public static final String GOOD =
      """
      package user;

      import dev.firstday.api.DatasetSpec;
      import dev.firstday.sdk.feature.Feature;
      import dev.firstday.sdk.model.Model;
      import java.util.List;
      import org.deeplearning4j.nn.conf.*;
      import org.deeplearning4j.nn.conf.layers.*;
      import org.nd4j.linalg.activations.Activation;
      import org.nd4j.linalg.learning.config.Adam;
      import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

      public class Mine implements Model {
        public List<Feature> features(List<DatasetSpec.Column> columns) {
          return columns.stream().map(Feature::byType).toList();
        }

        public MultiLayerConfiguration network(int inputs, int outputs, long seed) {
          return new NeuralNetConfiguration.Builder().seed(seed).updater(new Adam(0.01)).list()
              .layer(new DenseLayer.Builder().nIn(inputs).nOut(8).activation(Activation.RELU).build())
              .layer(new OutputLayer.Builder(LossFunction.XENT).nIn(8).nOut(outputs)
                  .activation(Activation.SIGMOID).build())
              .build();
        }
      }
      """;

  /** The same with a graph: the output layer sees the inputs, and a hidden layer over them. */
  public static final String GRAPH =
      GOOD.replace(
              "import java.util.List;",
              "import dev.firstday.sdk.feature.Features; import java.util.List;")
          .replaceAll(
              "(?s)public MultiLayerConfiguration.*",
              """
              public ComputationGraphConfiguration graph(Features features, int outputs, long seed) {
                  int inputs = features.width();
                  return new NeuralNetConfiguration.Builder().seed(seed).updater(new Adam(0.01)).graphBuilder()
                      .addInputs("in")
                      .addLayer("deep", new DenseLayer.Builder().nIn(inputs).nOut(8)
                          .activation(Activation.RELU).build(), "in")
                      .addLayer("out", new OutputLayer.Builder(LossFunction.XENT).nIn(inputs + 8).nOut(outputs)
                          .activation(Activation.SIGMOID).build(), "in", "deep")
                      .setOutputs("out")
                      .build();
                }
              }
              """);

  private static final int MAJOR_VERSION = 7;

  private TestJars() {}

  /** Compiles a class {@code user.<name>} and packs it as {@code directory/<name>.jar}. */
  public static Path jar(Path directory, String name, String source) {
    return jar(directory, name, source, content -> content);
  }

  /** The same, and says of every class that it is built for that Java. */
  public static Path jarFor(int java, Path directory, String name, String source) {
    return jar(
        directory,
        name,
        source,
        content -> {
          content[MAJOR_VERSION] = (byte) (44 + java);
          return content;
        });
  }

  private static Path jar(
      Path directory, String name, String source, UnaryOperator<byte[]> change) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///user/" + name + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    Path classes = directory.resolve(name + "-classes");
    List<String> options =
        List.of(
            "-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
    if (!compiler.getTask(null, null, null, options, null, List.of(file)).call()) {
      throw new IllegalArgumentException("does not compile: " + source);
    }
    Path jar = directory.resolve(name + ".jar");
    try (JarOutputStream target = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path path : files.filter(Files::isRegularFile).toList()) {
        target.putNextEntry(new JarEntry(classes.relativize(path).toString()));
        target.write(change.apply(Files.readAllBytes(path)));
        target.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jar;
  }
}
