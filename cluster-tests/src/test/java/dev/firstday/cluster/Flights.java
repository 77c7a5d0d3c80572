package dev.firstday.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The flights example, and what tests make of it. */
final class Flights {
  static final Path EXAMPLE = Path.of("..", "examples", "flights");
  static final String NAME = "late-arrival";
  static final String DATASET = "flights";

  private Flights() {}

  /** A resource of the example, renamed and changed, as YAML. */
  static String variant(String file, String name, Consumer<ObjectNode> change) {
    ObjectNode resource;
    try {
      resource = Serialization.unmarshal(Files.readString(EXAMPLE.resolve(file)), ObjectNode.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    resource.withObject("/metadata").put("name", name);
    change.accept(resource.withObject("/spec"));
    return Serialization.asYaml(resource);
  }

  /** Two flights as people know them: column to values. */
  static Map<String, List<?>> rows() {
    return Map.ofEntries(
        Map.entry("carrier", List.of("UA", "EV")),
        Map.entry("origin", List.of("EWR", "LGA")),
        Map.entry("dest", List.of("ORD", "CLT")),
        Map.entry("weekday", List.of(2, 5)),
        Map.entry("hour", List.of(6.5, 19.25)),
        Map.entry("distance", List.of(719.0, 544.0)),
        Map.entry("departures", List.of(30, 80)),
        Map.entry("humid", List.of(50.0, 93.0)),
        Map.entry("wind_speed", List.of(5.0, 21.0)),
        Map.entry("wind_gust", List.of(0.0, 31.0)),
        Map.entry("precip", List.of(0.0, 0.4)),
        Map.entry("pressure", List.of(1020.0, 1001.0)),
        Map.entry("visib", List.of(10.0, 2.0)));
  }
}
