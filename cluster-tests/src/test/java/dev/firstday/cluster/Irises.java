package dev.firstday.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** The smallest example, and what tests make of it. */
final class Irises {
  static final Path EXAMPLE = Path.of("..", "examples", "iris");
  static final String NAME = "iris";

  /** The columns after the key. */
  private static final List<String> MEASURES =
      List.of("sepal_length", "sepal_width", "petal_length", "petal_width");

  private static final List<String> FLOWERS = flowers();

  private Irises() {}

  /** A resource of the example, renamed and changed, as YAML. */
  static String variant(String kind, String name, Consumer<ObjectNode> change) {
    ObjectNode resource = resource(kind);
    resource.withObject("/metadata").put("name", name);
    change.accept(resource.withObject("/spec"));
    return Serialization.asYaml(resource);
  }

  /** One of the example's flowers, measured a little differently. */
  static String flower(Random random) {
    String[] cells = FLOWERS.get(random.nextInt(FLOWERS.size())).split(",");
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < MEASURES.size(); i++) {
      row.put(MEASURES.get(i), Double.parseDouble(cells[i + 1]) + 0.1 * random.nextDouble());
    }
    return row.toString();
  }

  /** Of a key with which nobody signs, in PEM. */
  static String publicKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return "-----BEGIN PUBLIC KEY-----%n%s%n-----END PUBLIC KEY-----%n"
          .formatted(
              Base64.getMimeEncoder()
                  .encodeToString(generator.generateKeyPair().getPublic().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> flowers() {
    try {
      return Files.readAllLines(EXAMPLE.resolve("data/iris.csv")).stream().skip(1).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode resource(String kind) {
    try {
      for (String document : Files.readString(EXAMPLE.resolve("iris.yaml")).split("(?m)^---$")) {
        ObjectNode resource = Serialization.unmarshal(document, ObjectNode.class);
        if (resource.path("kind").asText().equals(kind)) {
          return resource;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalArgumentException("the example has no " + kind);
  }
}
