package dev.firstday.operator.metrics;

import dev.firstday.api.Dataset;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ReadinessTest;
import dev.firstday.api.TrainingJob;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Resources whose statuses have all that is told in numbers. */
final class Tellers {
  private Tellers() {}

  static List<CustomResource<?, ?>> resources() {
    String[] documents = read().split("(?m)^---$");
    KubernetesSerialization yaml = new KubernetesSerialization();
    return List.of(
        yaml.unmarshal(documents[0], Dataset.class),
        yaml.unmarshal(documents[1], TrainingJob.class),
        yaml.unmarshal(documents[2], Model.class),
        yaml.unmarshal(documents[3], ModelDeployment.class),
        yaml.unmarshal(documents[4], ReadinessTest.class));
  }

  /** What is told of all resources, without what is told of one of them alone. */
  static List<Gauge> withoutThoseOf(CustomResource<?, ?> gone, List<CustomResource<?, ?>> all) {
    List<Gauge> own = ResourceGauges.of(List.of(gone));
    return ResourceGauges.of(all).stream().filter(gauge -> !own.contains(gauge)).toList();
  }

  private static String read() {
    try (InputStream in = Tellers.class.getResourceAsStream("/metrics/resources.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
