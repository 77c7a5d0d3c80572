package dev.firstday.cli.odcs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A data contract.
 *
 * @see <a href="https://bitol-io.github.io/open-data-contract-standard/">The standard</a>
 */
record OdcsContract(Part root) {
  /** What says nothing of rows, or is read here. */
  private static final List<String> KNOWN =
      List.of(
          "apiVersion",
          "kind",
          "id",
          "name",
          "version",
          "status",
          "schema",
          "tenant",
          "domain",
          "dataProduct",
          "description",
          "tags",
          "authoritativeDefinitions");

  /**
   * @throws OdcsFailure when the file is no contract of version 3
   */
  static OdcsContract read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new OdcsFailure("there is no such file", e);
    } catch (IOException e) {
      throw new OdcsFailure("it cannot be read: " + e.getMessage(), e);
    }
  }

  static OdcsContract parse(String yaml) {
    Part root = new Part("", tree(yaml));
    if (!root.node().isObject()) {
      throw root.failure("it holds no contract: fields such as apiVersion and schema");
    }
    Part kind = root.at("kind");
    if (!kind.text().orElse("").equals("DataContract")) {
      throw kind.failure("it must be DataContract, not " + kind.text().orElse("missing"));
    }
    Part version = root.at("apiVersion");
    if (!version.requiredText().matches("v3\\..*")) {
      throw version.failure("only v3 is read, and this is " + version.requiredText());
    }
    return new OdcsContract(root);
  }

  private static JsonNode tree(String yaml) {
    try {
      return new YAMLMapper().readTree(yaml);
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : "line %d, column %d: "
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw new OdcsFailure(where + "it is no YAML: " + e.getOriginalMessage(), e);
    }
  }

  /** What people call it. */
  String title() {
    String name = root.at("name").text().or(() -> root.at("id").text()).orElse("without a name");
    return root.at("version").text().map(version -> name + " " + version).orElse(name);
  }

  /** Sections that say what a Dataset cannot. */
  List<String> unread() {
    TreeSet<String> fields = new TreeSet<>();
    root.node().fieldNames().forEachRemaining(fields::add);
    KNOWN.forEach(fields::remove);
    return List.copyOf(fields);
  }

  /**
   * An object of the schema.
   *
   * @param name as the contract has it; null: the only one
   */
  Part object(String name) {
    List<Part> objects = root.at("schema").list().stream().map(Part::object).toList();
    if (objects.isEmpty()) {
      throw root.at("schema").failure("there is no object in it");
    }
    String names =
        objects.stream()
            .map(object -> object.at("name").requiredText())
            .collect(Collectors.joining(", "));
    if (name == null) {
      if (objects.size() > 1) {
        throw root.at("schema")
            .failure("there are several objects; choose one with --object: " + names);
      }
      return objects.get(0);
    }
    Optional<Part> named =
        objects.stream()
            .filter(object -> object.at("name").requiredText().equals(name))
            .findFirst();
    return named.orElseThrow(
        () -> root.at("schema").failure("there is no object " + name + "; there is " + names));
  }
}
