package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Where the rows come from, what they must look like, and how they are divided. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.columns.exists_one(c, has(c.role) && c.role == 'label')",
    message = "exactly one column has role: label")
@ValidationRule(
    value = "self.columns.exists(c, !has(c.role) || c.role == 'feature')",
    message = "at least one column is a feature")
public record DatasetSpec(
    @Required @JsonPropertyDescription("The files that the transform reads.") Source source,
    @Required
        @Size(min = 1, max = 32768)
        @JsonPropertyDescription(
            "One SQL SELECT (DuckDB's dialect) over the tables named in source. It may read these tables and"
                + " nothing else.")
        String transform,
    @Required
        @Size(min = 2, max = 1000)
        @JsonPropertyDescription(
            "The columns that the transform gives, with types and roles. A column it gives beyond these is an"
                + " error, and so is one it lacks.")
        List<Column> columns,
    @Required @JsonPropertyDescription("How rows are divided into training and validation.")
        Split split,
    @Size(max = 100)
        @JsonPropertyDescription("What must be true of a version before anything may use it.")
        List<Check> checks,
    @JsonPropertyDescription("Cpu and memory of the pod that builds versions.")
        WorkerResources resources,
    @JsonPropertyDescription("Build no new version while true; those there are stay usable.")
        Boolean suspend) {

  /** Named tables over files. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Source(
      @Required
          @Size(min = 1, max = 50)
          @JsonPropertyDescription("File sets, each a table of the given name.")
          List<Files> files) {}

  /** A set of files of one shape, read as one table. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Files(
      @Required
          @Pattern(Firstday.COLUMN_PATTERN)
          @JsonPropertyDescription("The table's name in the transform.")
          String name,
      @Required
          @Size(min = 1, max = 1024)
          @JsonPropertyDescription(
              "s3://bucket/key, or a key below the namespace's own prefix files/. The last part may hold the"
                  + " wildcards * and ?.")
          String uri,
      @JsonPropertyDescription(
              "csv (gzip is recognised by .gz) or parquet. Left out: by the name's ending.")
          Format format,
      @Size(max = 20)
          @JsonPropertyDescription(
              "Strings that mean 'missing' in a CSV file, beside the empty one.")
          List<@Size(max = 100) String> nullStrings) {}

  /** How a file is written. */
  public enum Format {
    @JsonProperty("csv")
    CSV,
    @JsonProperty("parquet")
    PARQUET
  }

  /** A column of the data set. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Column(
      @Required @Pattern(Firstday.COLUMN_PATTERN) @JsonPropertyDescription("The column's name.")
          String name,
      @Required
          @JsonPropertyDescription(
              "The type that values are cast to; a value that cannot be is an error.")
          Type type,
      @JsonPropertyDescription(
              "feature (when left out), label, key (identifies a row), eventTime (when it happened) or other"
                  + " (kept, not learnt from).")
          Role role,
      @Size(max = 1024) @JsonPropertyDescription("What the column means.") String description) {

    /** The role, with the meaning of its absence. */
    public Role effectiveRole() {
      return role == null ? Role.FEATURE : role;
    }
  }

  /** Column types: DuckDB's names. */
  public enum Type {
    BOOLEAN,
    INTEGER,
    BIGINT,
    DOUBLE,
    VARCHAR,
    DATE,
    TIMESTAMP
  }

  /** What a column is for. */
  public enum Role {
    @JsonProperty("feature")
    FEATURE,
    @JsonProperty("label")
    LABEL,
    @JsonProperty("key")
    KEY,
    @JsonProperty("eventTime")
    EVENT_TIME,
    @JsonProperty("other")
    OTHER
  }

  /** Exactly one way to divide rows. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "has(self.hash) != has(self.time)",
      message = "split has exactly one of hash and time")
  public record Split(
      @JsonPropertyDescription("By hash of a key: rows with the same key stay together.")
          HashSplit hash,
      @JsonPropertyDescription("By time: train on the past, validate on what came after.")
          TimeSplit time) {}

  /** md5 of key and salt decides, so that any engine gives the same split. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record HashSplit(
      @Required
          @Size(min = 1, max = 16)
          @JsonPropertyDescription("The columns that make up the key.")
          List<@Pattern(Firstday.COLUMN_PATTERN) String> columns,
      @Size(max = 100) @JsonPropertyDescription("Change it for another division of the same rows.")
          String salt,
      @Required
          @Min(1)
          @Max(90)
          @JsonPropertyDescription("Share of keys that go to validation, in percent.")
          Integer validationPercent) {}

  /** Times are compared as TIMESTAMP in UTC. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TimeSplit(
      @Required
          @Pattern(Firstday.COLUMN_PATTERN)
          @JsonPropertyDescription("A DATE or TIMESTAMP column.")
          String column,
      @Required
          @Pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+Z?)?$")
          @JsonPropertyDescription(
              "Rows before this time train (exclusive), as 2013-10-01 or RFC 3339.")
          String trainUntil,
      @Pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+Z?)?$")
          @JsonPropertyDescription(
              "Rows from this time on validate (inclusive). Later than trainUntil, it leaves a gap that nothing"
                  + " uses. Left out: trainUntil.")
          String validateFrom,
      @Pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+Z?)?$")
          @JsonPropertyDescription(
              "Rows from this time on are not used (exclusive end of validation).")
          String validateUntil) {}

  /** A check, in the words of the Open Data Contract Standard. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value =
          "[has(self.mustBe), has(self.mustNotBe), has(self.mustBeGreaterThan),"
              + " has(self.mustBeGreaterOrEqualTo), has(self.mustBeLessThan),"
              + " has(self.mustBeLessOrEqualTo), has(self.mustBeBetween),"
              + " has(self.mustNotBeBetween)].filter(b, b).size() == 1",
      message = "a check has exactly one mustBe... operator")
  @ValidationRule(
      value = "self.metric == 'rowCount' ? !has(self.column) && !has(self.columns) : true",
      message = "rowCount counts rows: it takes no column")
  @ValidationRule(
      value = "self.metric in ['nullValues', 'invalidValues'] ? has(self.column) : true",
      message = "nullValues and invalidValues need column")
  @ValidationRule(
      value = "self.metric == 'duplicateValues' ? has(self.column) != has(self.columns) : true",
      message = "duplicateValues needs column or columns")
  @ValidationRule(
      value = "self.metric == 'invalidValues' ? has(self.arguments) : !has(self.arguments)",
      message = "invalidValues, and no other metric, needs arguments")
  public record Check(
      @Size(max = 63)
          @JsonPropertyDescription("What reports call the check. Left out: made from the rest.")
          String name,
      @Required @JsonPropertyDescription("What is measured.") Metric metric,
      @Pattern(Firstday.COLUMN_PATTERN) @JsonPropertyDescription("The column measured.")
          String column,
      @Size(min = 1, max = 16)
          @JsonPropertyDescription(
              "The columns measured together: duplicateValues of a compound key.")
          List<@Pattern(Firstday.COLUMN_PATTERN) String> columns,
      @JsonPropertyDescription("What counts as valid, for invalidValues.") ValidValues arguments,
      @JsonPropertyDescription("The value must be this.") Double mustBe,
      @JsonPropertyDescription("The value must be anything but this.") Double mustNotBe,
      @JsonPropertyDescription("The value must be greater than this.") Double mustBeGreaterThan,
      @JsonPropertyDescription("The value must be this or greater.") Double mustBeGreaterOrEqualTo,
      @JsonPropertyDescription("The value must be less than this.") Double mustBeLessThan,
      @JsonPropertyDescription("The value must be this or less.") Double mustBeLessOrEqualTo,
      @Size(min = 2, max = 2)
          @JsonPropertyDescription("The value must lie between the two, bounds included.")
          List<Double> mustBeBetween,
      @Size(min = 2, max = 2)
          @JsonPropertyDescription("The value must lie outside the two, bounds excluded.")
          List<Double> mustNotBeBetween,
      @JsonPropertyDescription("rows (when left out) or percent of all rows.") Unit unit,
      @JsonPropertyDescription("error (when left out) refuses the version, warning reports.")
          Severity severity) {}

  /** What a check measures. */
  public enum Metric {
    @JsonProperty("rowCount")
    ROW_COUNT,
    @JsonProperty("nullValues")
    NULL_VALUES,
    @JsonProperty("duplicateValues")
    DUPLICATE_VALUES,
    @JsonProperty("invalidValues")
    INVALID_VALUES
  }

  /** A value is valid when it satisfies every argument given; a missing value is never invalid. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "has(self.validValues) || has(self.pattern) || has(self.min) || has(self.max)",
      message = "arguments need validValues, pattern, min or max")
  public record ValidValues(
      @Size(min = 1, max = 1000)
          @JsonPropertyDescription("The values that are allowed, compared as text.")
          List<@Size(max = 256) String> validValues,
      @Size(max = 512)
          @JsonPropertyDescription("A regular expression (RE2) that the whole value must match.")
          String pattern,
      @JsonPropertyDescription("The least number allowed.") Double min,
      @JsonPropertyDescription("The greatest number allowed.") Double max) {}

  /** What a check's value counts. */
  public enum Unit {
    @JsonProperty("rows")
    ROWS,
    @JsonProperty("percent")
    PERCENT
  }

  /** What a failed check does. */
  public enum Severity {
    @JsonProperty("error")
    ERROR,
    @JsonProperty("warning")
    WARNING
  }
}
