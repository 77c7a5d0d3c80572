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
    value = "self.columns.exists(c, has(c.role) && c.role == 'label')",
    message = "a column has role: label")
@ValidationRule(
    value =
        "self.columns.filter(c, has(c.role) && c.role == 'label').size() < 2"
            + " || self.columns.all(c, !has(c.role) || c.role != 'label' || c.type == 'BOOLEAN')",
    message = "of several columns with role: label each is a BOOLEAN")
@ValidationRule(
    value = "self.columns.filter(c, has(c.role) && c.role == 'label').size() <= 50",
    message = "at most 50 columns have role: label")
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
        List<DatasetCheck> checks,
    @Size(min = 1, max = 16384)
        @JsonPropertyDescription(
            "More checks, in the Data Quality Definition Language: Rules = [ IsComplete \"ts\" ].")
        String dqdl,
    @JsonPropertyDescription(
            "How columns may differ from those of the version before: none (not at all), additive (new ones"
                + " only) or any (when left out).")
        SchemaEvolution schemaEvolution,
    @JsonPropertyDescription(
            "false leaves out the checks for leakage between the splits that every data set has otherwise.")
        Boolean leakageChecks,
    @JsonPropertyDescription("What is kept of rows that fail a check.") FailingRows failingRows,
    @Size(max = 50)
        @JsonPropertyDescription(
            "Rows in, rows out: tests of the transform, run before a version is built.")
        List<DatasetTest> tests,
    @JsonPropertyDescription(
            "When to look for new data, beside each change of this spec. Left out: never by itself.")
        Refresh refresh,
    @JsonPropertyDescription("Which versions are kept. Left out: all.") Retention retention,
    @JsonPropertyDescription("Cpu and memory of the pod that builds versions.")
        WorkerResources resources,
    @JsonPropertyDescription("Build no new version while true; those there are stay usable.")
        Boolean suspend) {

  /** What a run is done by; the rest says when one begins and what is kept afterwards. */
  public DatasetSpec recipe() {
    return new DatasetSpec(
        source,
        transform,
        columns,
        split,
        checks,
        dqdl,
        schemaEvolution,
        leakageChecks,
        failingRows,
        tests,
        null,
        null,
        resources,
        null);
  }

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
          List<@Size(max = 100) String> nullStrings,
      @Size(min = 1, max = 1000)
          @JsonPropertyDescription(
              "The columns that the transform needs of these files, and their types. Files may have more. Left"
                  + " out: those of the files; tests then need the files to know them.")
          List<SourceColumn> columns) {}

  /** A column of a file. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SourceColumn(
      @Required @Size(min = 1, max = 128) @JsonPropertyDescription("Its name in the files.")
          String name,
      @Required @JsonPropertyDescription("Its type; a value that is none is an error.")
          Type type) {}

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
              "feature (when left out), label (what is predicted; several, where each is a BOOLEAN), key (identifies"
                  + " a row), eventTime (when it happened) or other (kept, not learnt from).")
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
      value = "[has(self.hash), has(self.time), has(self.column)].filter(b, b).size() == 1",
      message = "split has exactly one of hash, time and column")
  public record Split(
      @JsonPropertyDescription("By hash of a key: rows with the same key stay together.")
          HashSplit hash,
      @JsonPropertyDescription("By time: train on the past, validate on what came after.")
          TimeSplit time,
      @JsonPropertyDescription("By a column that names each row's split.") ColumnSplit column) {}

  /** md5 of key and salt decides, so that any engine gives the same split. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "!has(self.testPercent) || self.validationPercent + self.testPercent <= 95",
      message = "validationPercent and testPercent leave at least 5 percent to train on")
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
          Integer validationPercent,
      @Min(1)
          @Max(90)
          @JsonPropertyDescription(
              "Share of keys that neither training nor its gates see, in percent. Left out: none.")
          Integer testPercent) {}

  /** Times are compared as TIMESTAMP in UTC. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "!has(self.testFrom) || has(self.validateUntil)",
      message = "testFrom needs validateUntil: validation ends before the test begins")
  @ValidationRule(
      value = "!has(self.testUntil) || has(self.testFrom)",
      message = "testUntil needs testFrom")
  public record TimeSplit(
      @Required
          @Pattern(Firstday.COLUMN_PATTERN)
          @JsonPropertyDescription("A DATE or TIMESTAMP column.")
          String column,
      @Required
          @Pattern(Firstday.TIME_PATTERN)
          @JsonPropertyDescription(
              "Rows before this time train (exclusive), as 2013-10-01 or RFC 3339.")
          String trainUntil,
      @Pattern(Firstday.TIME_PATTERN)
          @JsonPropertyDescription(
              "Rows from this time on validate (inclusive). Later than trainUntil, it leaves a gap that nothing"
                  + " uses. Left out: trainUntil.")
          String validateFrom,
      @Pattern(Firstday.TIME_PATTERN)
          @JsonPropertyDescription(
              "Rows from this time on do not validate (exclusive end of validation).")
          String validateUntil,
      @Pattern(Firstday.TIME_PATTERN)
          @JsonPropertyDescription(
              "Rows from this time on make the test split (inclusive). Left out: there is none.")
          String testFrom,
      @Pattern(Firstday.TIME_PATTERN)
          @JsonPropertyDescription(
              "Rows from this time on are not used (exclusive end of the test).")
          String testUntil) {}

  /** A row whose value is missing is left out; one with another value is an error. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ColumnSplit(
      @Required
          @Pattern(Firstday.COLUMN_PATTERN)
          @JsonPropertyDescription("The column, of any type; values are compared as text.")
          String name,
      @Size(max = 256) @JsonPropertyDescription("The value of rows to train on. Left out: train.")
          String train,
      @Size(max = 256)
          @JsonPropertyDescription("The value of rows to validate on. Left out: validation.")
          String validation,
      @Size(max = 256) @JsonPropertyDescription("The value of rows to test on. Left out: test.")
          String test) {}

  /** How columns may change from version to version. */
  public enum SchemaEvolution {
    @JsonProperty("none")
    NONE,
    @JsonProperty("additive")
    ADDITIVE,
    @JsonProperty("any")
    ANY
  }

  /** A sample of failing rows is kept in S3 beside the result of each check. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record FailingRows(
      @Min(0)
          @Max(1000)
          @JsonPropertyDescription("How many rows a check, at most; 0: none. Left out: 20.")
          Integer limit,
      @Size(max = 1000)
          @JsonPropertyDescription("Columns whose values are not kept; *** stands for them.")
          List<@Pattern(Firstday.COLUMN_PATTERN) String> redact) {}

  /** When a refresh begins by itself. Nothing new gives no new version. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "has(self.schedule) || has(self.onChange)",
      message = "refresh has schedule, onChange, or both")
  @ValidationRule(
      value = "!has(self.timeZone) || has(self.schedule)",
      message = "timeZone is that of schedule")
  public record Refresh(
      @Size(min = 9, max = 100)
          @JsonPropertyDescription(
              "Cron, five fields: minute, hour, day of month, month, day of week. Each time, new files make a"
                  + " new version, and without any the checks look at the current one again.")
          String schedule,
      @Size(min = 1, max = 64)
          @JsonPropertyDescription("Time zone of the schedule, as Europe/Vienna. Left out: UTC.")
          String timeZone,
      @JsonPropertyDescription("Look for changed files in between, without checking anything.")
          OnChange onChange) {}

  /** S3 tells nobody of a change, so it is asked. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record OnChange(
      @Required
          @Min(1)
          @Max(1440)
          @JsonPropertyDescription("Minutes between two looks at names, sizes and ETags.")
          Integer everyMinutes) {}
}
