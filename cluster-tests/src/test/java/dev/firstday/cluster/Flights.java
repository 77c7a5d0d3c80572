package dev.firstday.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

  /** A flight as people know it. */
  static String flight(Random random) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.put("carrier", one(random, "UA", "EV", "B6", "DL", "AA", "MQ"));
    row.put("origin", one(random, "EWR", "JFK", "LGA"));
    row.put("dest", one(random, "ORD", "ATL", "BOS", "LAX", "CLT", "MIA"));
    row.put("weekday", 1 + random.nextInt(7));
    row.put("hour", 5 + random.nextInt(18) + random.nextInt(60) / 60.0);
    row.put("distance", 200 + random.nextInt(2300));
    row.put("departures", 5 + random.nextInt(80));
    row.put("humid", 30 + random.nextInt(70));
    row.put("wind_speed", random.nextInt(30));
    row.put("wind_gust", random.nextInt(40));
    row.put("precip", random.nextInt(5) == 0 ? 0.2 : 0);
    row.put("pressure", 995 + random.nextInt(35));
    row.put("visib", 1 + random.nextInt(10));
    return row.toString();
  }

  private static String one(Random random, String... values) {
    return values[random.nextInt(values.length)];
  }
}
