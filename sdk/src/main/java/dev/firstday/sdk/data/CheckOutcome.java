package dev.firstday.sdk.data;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetStatus.Verdict;
import java.util.List;

/**
 * What a check found.
 *
 * @param name what reports call it
 * @param metric what was measured
 * @param columns of what; empty for a metric of whole rows
 * @param value the measured value, in the unit; null when there was nothing to measure
 * @param unit what the value counts; null for a pure number
 * @param bound what the value must be, in words: {@code >= 1000}
 * @param lower the least value that passes; null when there is none
 * @param upper the greatest value that passes; null when there is none
 * @param threshold the bound that was applied, where the size of the sample moved it; else null
 * @param expected the value that chance alone gives with such samples, where that is known; else
 *     null
 * @param observed for a change or an anomaly: the value of the metric that is followed; else null
 * @param verdict whether it passed
 * @param severity what a failure does
 * @param note what it was compared with, or why it was skipped; null when there is nothing to say
 * @param rows how many rows were looked at
 * @param elapsedMillis its part of the time; checks that share a scan share its time
 * @param sample digest of a Parquet file with some of the failing rows; null when there is none
 * @param sampleRows how many they are
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckOutcome(
    String name,
    DatasetCheck.Metric metric,
    List<String> columns,
    Double value,
    DatasetCheck.Unit unit,
    String bound,
    Double lower,
    Double upper,
    Double threshold,
    Double expected,
    Double observed,
    Verdict verdict,
    DatasetCheck.Severity severity,
    String note,
    Long rows,
    Long elapsedMillis,
    String sample,
    Integer sampleRows) {

  /** Whether it keeps a version from being used. */
  public boolean refuses() {
    return verdict == Verdict.FAILED && severity == DatasetCheck.Severity.ERROR;
  }
}
