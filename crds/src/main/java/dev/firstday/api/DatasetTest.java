package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;

/** A test of a data set's transform, in the form of dbt's unit tests. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatasetTest(
    @Required @Size(min = 1, max = 100) @JsonPropertyDescription("What reports call the test.")
        String name,
    @Required
        @Size(min = 1, max = 50)
        @JsonPropertyDescription("Rows of the source's tables; a table that is not named has none.")
        List<Given> given,
    @Required
        @JsonPropertyDescription(
            "The rows that the transform must give, in any order; only the columns named are compared.")
        Rows expect) {

  /** Rows of one table: exactly one of rows and csv, which no rule of the schema can say. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Given(
      @Required
          @Pattern(Firstday.COLUMN_PATTERN)
          @JsonPropertyDescription("The table, as spec.source names it.")
          String input,
      @Size(max = 200)
          @JsonPropertyDescription(
              "Rows, each a value for each column; a column left out is missing.")
          List<Map<String, JsonNode>> rows,
      @Size(max = 16384)
          @JsonPropertyDescription("Rows as CSV with a header; an empty field is missing.")
          String csv) {}

  /** The rows expected: exactly one of rows and csv. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Rows(
      @Size(max = 200)
          @JsonPropertyDescription(
              "Rows, each a value for each column; a column that only other rows name is missing.")
          List<Map<String, JsonNode>> rows,
      @Size(max = 16384)
          @JsonPropertyDescription("Rows as CSV with a header; an empty field is missing.")
          String csv) {}
}
