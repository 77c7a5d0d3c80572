package dev.firstday.trainer.train.start;

import dev.firstday.api.Network.Loss;
import dev.firstday.sdk.artefact.ModelZip;
import dev.firstday.sdk.feature.Features;
import dev.firstday.sdk.model.DeclarativeModel;
import dev.firstday.sdk.model.GivenGraph;
import dev.firstday.sdk.model.Model;
import dev.firstday.sdk.model.Task;
import java.nio.charset.StandardCharsets;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A graph of DL4J: its configuration as JSON, or a zip of configuration and weights, as the
 * artefact of a version has it.
 */
record GraphFile(ComputationGraphConfiguration configuration, float[] weights)
    implements StartingPoint {

  static GraphFile read(String name, byte[] content) {
    if (name.endsWith(".zip")) {
      ComputationGraph network = ModelZip.read(content);
      return new GraphFile(network.getConfiguration(), network.params().data().asFloat());
    }
    return new GraphFile(
        ModelZip.configuration(name, new String(content, StandardCharsets.UTF_8)), new float[0]);
  }

  @Override
  public Model model(DeclarativeModel declared) {
    return new GivenGraph(declared, configuration);
  }

  @Override
  public void requireFit(Features features, Task task, Loss loss) {
    // building it says so, as of a class of the user's own
  }
}
