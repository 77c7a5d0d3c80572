package dev.firstday.cli.apiserver.patch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.cli.apiserver.json.Json;

/**
 * Someone who writes fields.
 *
 * @param name such as {@code kubectl}
 * @param operation how it writes; each way has fields of its own
 * @param apiVersion the version it writes in
 * @param subresource {@code ""} for the object itself
 */
public record Manager(String name, Operation operation, String apiVersion, String subresource) {

  /** {@code metadata.managedFields[].operation} */
  public enum Operation {
    APPLY("Apply"),
    UPDATE("Update");

    private final String word;

    Operation(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  static Manager of(JsonNode entry) {
    return new Manager(
        Json.text(entry, "manager"),
        Json.text(entry, "operation").equals("Apply") ? Operation.APPLY : Operation.UPDATE,
        Json.text(entry, "apiVersion"),
        Json.text(entry, "subresource"));
  }

  /** As conflicts name it. */
  @Override
  public String toString() {
    String quoted = '"' + name + '"';
    String where = subresource.isEmpty() ? "" : " with subresource \"" + subresource + '"';
    return operation == Operation.APPLY ? quoted + where : quoted + where + " using " + apiVersion;
  }
}
