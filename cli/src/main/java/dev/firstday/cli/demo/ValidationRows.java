package dev.firstday.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads rows out of a split's file. */
final class ValidationRows {
  private ValidationRows() {}

  /** Some rows from all over the file: the same ones each time. */
  static List<ObjectNode> some(Path parquet, int count) throws SQLException, IOException {
    ObjectMapper json = new ObjectMapper();
    List<ObjectNode> rows = new ArrayList<>();
    String file = parquet.toString().replace("'", "''");
    String query =
        "SELECT to_json(t) FROM (SELECT * EXCLUDE file_row_number FROM read_parquet('"
            + file
            + "', file_row_number = true) ORDER BY hash(file_row_number) LIMIT "
            + count
            + ") t";
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement();
        var result = statement.executeQuery(query)) {
      while (result.next()) {
        JsonNode row = json.readTree(result.getString(1));
        rows.add((ObjectNode) row);
      }
    }
    return rows;
  }
}
