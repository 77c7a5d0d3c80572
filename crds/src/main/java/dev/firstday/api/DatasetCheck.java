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

/** A check, in the words of the Open Data Contract Standard, and more words where it has none. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "[has(self.mustBe), has(self.mustNotBe), has(self.mustBeGreaterThan),"
            + " has(self.mustBeGreaterOrEqualTo), has(self.mustBeLessThan),"
            + " has(self.mustBeLessOrEqualTo), has(self.mustBeBetween),"
            + " has(self.mustNotBeBetween)].filter(b, b).size() == 1"
            + " || (self.metric == 'anomaly' && !has(self.mustBe) && !has(self.mustNotBe)"
            + " && !has(self.mustBeGreaterThan) && !has(self.mustBeGreaterOrEqualTo)"
            + " && !has(self.mustBeLessThan) && !has(self.mustBeLessOrEqualTo)"
            + " && !has(self.mustBeBetween) && !has(self.mustNotBeBetween))",
    message = "a check has exactly one mustBe... operator (anomaly may have none)")
@ValidationRule(
    value = "self.metric == 'rowCount' ? !has(self.column) && !has(self.columns) : true",
    message = "rowCount counts rows: it takes no column")
@ValidationRule(
    value =
        "self.metric in ['nullValues', 'missingValues', 'invalidValues', 'min', 'max', 'mean', 'sum',"
            + " 'stddev', 'quantile', 'distinctCount', 'entropy', 'freshness', 'drift', 'newCategories']"
            + " ? has(self.column) : true",
    message = "this metric needs column")
@ValidationRule(
    value =
        "self.metric in ['duplicateValues', 'uniqueRatio'] ? has(self.column) != has(self.columns) : true",
    message = "duplicateValues and uniqueRatio need column or columns")
@ValidationRule(
    value = "(self.metric == 'sql') == has(self.query)",
    message = "sql, and no other metric, needs query")
@ValidationRule(
    value =
        "self.metric in ['invalidValues', 'missingValues', 'quantile', 'referentialIntegrity', 'change',"
            + " 'drift', 'anomaly'] ? has(self.arguments) : true",
    message = "this metric needs arguments")
@ValidationRule(
    value =
        "self.metric in ['rowCount', 'nullValues', 'duplicateValues', 'min', 'max', 'mean', 'sum',"
            + " 'stddev', 'distinctCount', 'uniqueRatio', 'entropy', 'correlation', 'freshness', 'sql',"
            + " 'splitOverlap', 'timeOverlap', 'rowOverlap', 'conflictingLabels', 'singleFeatureScore']"
            + " ? !has(self.arguments) : true",
    message = "this metric takes no arguments")
@ValidationRule(
    value =
        "self.metric == 'invalidValues' && has(self.arguments) ? has(self.arguments.validValues)"
            + " || has(self.arguments.pattern) || has(self.arguments.min) || has(self.arguments.max)"
            + " || has(self.arguments.minLength) || has(self.arguments.maxLength) : true",
    message =
        "arguments of invalidValues need validValues, pattern, min, max, minLength or maxLength")
public record DatasetCheck(
    @Size(max = 63)
        @JsonPropertyDescription("What reports call the check. Left out: made from the rest.")
        String name,
    @Required @JsonPropertyDescription("What is measured.") Metric metric,
    @Pattern(Firstday.COLUMN_PATTERN) @JsonPropertyDescription("The column measured.")
        String column,
    @Size(min = 1, max = 16)
        @JsonPropertyDescription(
            "The columns measured together: a compound key, or the two of a correlation.")
        List<@Pattern(Firstday.COLUMN_PATTERN) String> columns,
    @Size(min = 1, max = 2048)
        @JsonPropertyDescription("A SQL condition; only rows for which it is true are looked at.")
        String where,
    @Size(min = 1, max = 8192)
        @JsonPropertyDescription(
            "For sql: one SELECT that gives one number; {object} stands for the rows.")
        String query,
    @JsonPropertyDescription("What the metric needs to know.") Arguments arguments,
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
    @JsonPropertyDescription(
            "rows or percent of all rows, for what counts rows; percent for change; seconds, minutes, hours or"
                + " days for freshness. Left out: rows, hours, or the metric's own.")
        Unit unit,
    @JsonPropertyDescription("error (when left out) refuses the version, warning reports.")
        Severity severity) {

  /** The severity, with the meaning of its absence. */
  public Severity effectiveSeverity() {
    return severity == null ? Severity.ERROR : severity;
  }

  /** What a check measures. */
  public enum Metric {
    @JsonProperty("rowCount")
    ROW_COUNT,
    @JsonProperty("nullValues")
    NULL_VALUES,
    @JsonProperty("missingValues")
    MISSING_VALUES,
    @JsonProperty("invalidValues")
    INVALID_VALUES,
    @JsonProperty("duplicateValues")
    DUPLICATE_VALUES,
    @JsonProperty("min")
    MIN,
    @JsonProperty("max")
    MAX,
    @JsonProperty("mean")
    MEAN,
    @JsonProperty("sum")
    SUM,
    @JsonProperty("stddev")
    STDDEV,
    @JsonProperty("quantile")
    QUANTILE,
    @JsonProperty("distinctCount")
    DISTINCT_COUNT,
    @JsonProperty("uniqueRatio")
    UNIQUE_RATIO,
    @JsonProperty("entropy")
    ENTROPY,
    @JsonProperty("correlation")
    CORRELATION,
    @JsonProperty("freshness")
    FRESHNESS,
    @JsonProperty("schema")
    SCHEMA,
    @JsonProperty("referentialIntegrity")
    REFERENTIAL_INTEGRITY,
    @JsonProperty("sql")
    SQL,
    @JsonProperty("change")
    CHANGE,
    @JsonProperty("drift")
    DRIFT,
    @JsonProperty("anomaly")
    ANOMALY,
    @JsonProperty("splitOverlap")
    SPLIT_OVERLAP,
    @JsonProperty("timeOverlap")
    TIME_OVERLAP,
    @JsonProperty("rowOverlap")
    ROW_OVERLAP,
    @JsonProperty("newCategories")
    NEW_CATEGORIES,
    @JsonProperty("labelDrift")
    LABEL_DRIFT,
    @JsonProperty("conflictingLabels")
    CONFLICTING_LABELS,
    @JsonProperty("singleFeatureScore")
    SINGLE_FEATURE_SCORE;

    /** As specs and reports write it. */
    public String word() {
      String[] parts = name().toLowerCase(java.util.Locale.ROOT).split("_");
      StringBuilder word = new StringBuilder(parts[0]);
      for (int i = 1; i < parts.length; i++) {
        word.append(Character.toUpperCase(parts[i].charAt(0))).append(parts[i].substring(1));
      }
      return word.toString();
    }
  }

  /** What metrics need to know; each reads its own. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Arguments(
      @Size(min = 1, max = 1000)
          @JsonPropertyDescription("invalidValues: the values that are allowed, compared as text.")
          List<@Size(max = 256) String> validValues,
      @Size(max = 512)
          @JsonPropertyDescription(
              "invalidValues: a regular expression (RE2) that the whole value must match.")
          String pattern,
      @JsonPropertyDescription("invalidValues: the least number allowed.") Double min,
      @JsonPropertyDescription("invalidValues: the greatest number allowed.") Double max,
      @Min(0) @JsonPropertyDescription("invalidValues: the least length of a text.")
          Integer minLength,
      @Min(0) @JsonPropertyDescription("invalidValues: the greatest length of a text.")
          Integer maxLength,
      @Size(min = 1, max = 100)
          @JsonPropertyDescription(
              "missingValues: values that count as missing beside NULL, compared as text.")
          List<@Size(max = 256) String> missingValues,
      @Min(0) @Max(1) @JsonPropertyDescription("quantile: which, as 0.95.") Double quantile,
      @Pattern(Firstday.COLUMN_PATTERN)
          @JsonPropertyDescription("referentialIntegrity: the table of spec.source referred to.")
          String table,
      @Size(min = 1, max = 16)
          @JsonPropertyDescription(
              "referentialIntegrity: that table's columns. Left out: those of the check.")
          List<@Size(min = 1, max = 128) String> tableColumns,
      @JsonPropertyDescription(
              "change, anomaly: the metric that is followed; the check's column is that metric's.")
          Metric of,
      @JsonPropertyDescription(
              "change, drift, schema, newCategories, labelDrift: what to compare with: previous (the latest good"
                  + " version before), pinned (the version that the deployed model learnt from), or train (this"
                  + " version's training split, compared with the validation split). Left out: previous;"
                  + " train for newCategories and labelDrift.")
          Against against,
      @JsonPropertyDescription(
              "drift: psi, jensenShannon, ks, wasserstein, meanShift or lInfinity.")
          DriftMethod method,
      @Min(2)
          @Max(100)
          @JsonPropertyDescription(
              "drift: how many bins. Left out: 10, and 100 for ks, wasserstein and meanShift.")
          Integer bins,
      @JsonPropertyDescription(
              "schema: the changes that are allowed; the value counts the others. Left out: none.")
          DatasetSpec.SchemaEvolution evolution,
      @JsonPropertyDescription(
              "anomaly: onlineNormal (when left out), batchNormal or medianDeviation.")
          AnomalyStrategy strategy,
      @Min(2)
          @Max(1000)
          @JsonPropertyDescription("anomaly: how many runs back to look. Left out: 30.")
          Integer history,
      @Min(2)
          @Max(1000)
          @JsonPropertyDescription(
              "anomaly: how many runs there must be before it judges. Left out: 10.")
          Integer minHistory) {}

  /** What a version is compared with. */
  public enum Against {
    @JsonProperty("previous")
    PREVIOUS,
    @JsonProperty("pinned")
    PINNED,
    @JsonProperty("train")
    TRAIN
  }

  /** How the distance of two distributions is measured. */
  public enum DriftMethod {
    @JsonProperty("psi")
    PSI,
    @JsonProperty("jensenShannon")
    JENSEN_SHANNON,
    @JsonProperty("ks")
    KS,
    @JsonProperty("wasserstein")
    WASSERSTEIN,
    @JsonProperty("meanShift")
    MEAN_SHIFT,
    @JsonProperty("lInfinity")
    L_INFINITY
  }

  /** How a metric's usual range is found. */
  public enum AnomalyStrategy {
    @JsonProperty("onlineNormal")
    ONLINE_NORMAL,
    @JsonProperty("batchNormal")
    BATCH_NORMAL,
    @JsonProperty("medianDeviation")
    MEDIAN_DEVIATION
  }

  /** What a check's value counts. */
  public enum Unit {
    @JsonProperty("rows")
    ROWS,
    @JsonProperty("percent")
    PERCENT,
    @JsonProperty("seconds")
    SECONDS,
    @JsonProperty("minutes")
    MINUTES,
    @JsonProperty("hours")
    HOURS,
    @JsonProperty("days")
    DAYS
  }

  /** What a failed check does. */
  public enum Severity {
    @JsonProperty("error")
    ERROR,
    @JsonProperty("warning")
    WARNING
  }
}
