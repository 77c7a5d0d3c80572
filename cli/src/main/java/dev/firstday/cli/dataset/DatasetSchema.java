package dev.firstday.cli.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.api.Dataset;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.schema.CelEngine;
import dev.firstday.cli.apiserver.schema.CelRules;
import dev.firstday.cli.apiserver.schema.FieldError;
import dev.firstday.cli.apiserver.schema.Pruning;
import dev.firstday.cli.apiserver.schema.Schema;
import dev.firstday.cli.apiserver.schema.Validation;
import dev.firstday.contract.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Says of a data set what an API server would say of it, without one. */
final class DatasetSchema {
  private final Schema schema;
  private final CelEngine cel;

  private DatasetSchema(Schema schema, CelEngine cel) {
    this.schema = schema;
    this.cel = cel;
  }

  static DatasetSchema load() throws IOException {
    String file = "/crds/" + HasMetadata.getFullResourceName(Dataset.class) + ".yaml";
    try (InputStream definition = DatasetSchema.class.getResourceAsStream(file)) {
      JsonNode version =
          Json.parseYaml(definition.readAllBytes()).path("spec").path("versions").path(0);
      ObjectNode json = Json.at(version, "schema", "openAPIV3Schema").deepCopy();
      ObjectNode properties = Json.child(json, "properties");
      properties.putObject("apiVersion").put("type", "string");
      properties.putObject("kind").put("type", "string");
      ObjectNode metadata = properties.putObject("metadata").put("type", "object");
      metadata.put("x-kubernetes-preserve-unknown-fields", true);
      metadata.putObject("properties").putObject("name").put("type", "string").put("minLength", 1);
      metadata.putArray("required").add("name");
      return new DatasetSchema(Schema.of(json, MissingNode.getInstance()), new CelEngine());
    }
  }

  /** What is wrong, field by field; nothing when all is well. */
  List<String> problems(ObjectNode dataset) {
    ObjectNode known = dataset.deepCopy();
    List<String> problems = new ArrayList<>();
    Pruning.prune(schema, known)
        .forEach(field -> problems.add(field + ": unknown field" + hint(field)));
    List<FieldError> errors = Validation.check(schema, known);
    errors.forEach(error -> problems.add(error.message()));
    if (errors.stream().noneMatch(FieldError::isBlocking)) {
      CelRules.check(cel, schema, known, MissingNode.getInstance())
          .forEach(error -> problems.add(error.message()));
    }
    return problems;
  }

  /** The field beside it that may have been meant. */
  private String hint(String path) {
    Schema parent = schema;
    String[] parts = path.split("\\.");
    for (int i = 0; i < parts.length - 1; i++) {
      String name = parts[i].replaceFirst("\\[.*", "");
      parent = parent.field(name);
      if (!name.equals(parts[i])) {
        parent = parent.items();
      }
    }
    List<String> names = new ArrayList<>();
    parent.json().path("properties").fieldNames().forEachRemaining(names::add);
    return Names.hint(parts[parts.length - 1], names);
  }
}
