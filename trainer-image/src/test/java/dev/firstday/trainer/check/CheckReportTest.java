package dev.firstday.trainer.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.DatasetStatus;
import dev.firstday.sdk.data.CheckOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckReportTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
      value: 2, unit: 'rows'                               | a: 2 rows, must be 0
      value: 1, unit: 'rows', severity: 'warning'          | a: 1 row, must be 0 (warning)
      value: 15, unit: 'percent'                           | a: 15.000 %, must be 0
      value: 1, unit: 'hours'                              | a: 1 hour, must be 0
      value: 36.123456789, unit: 'days'                    | a: 36.1235 days, must be 0
      value: 123456789                                     | a: 123456789, must be 0
      value: 0.000012345678                                | a: 0.0000123457, must be 0
      value: 0.4, threshold: 0.31                          | a: 0.4, must be 0, and 0.31 by chance
      note: 'the query gives NULL'                         | a: the query gives NULL, must be 0
      unit: 'rows'                                         | a: no value, must be 0
      """)
  void saysWhatFailed(String fields, String line) {
    assertThat(report(outcome("failed", fields)).failures()).containsExactly(line);
  }

  @Test
  void countsWhatPassedOfWhatWasJudged() {
    DatasetStatus.Checks report =
        report(
            outcome("passed", "value: 1, severity: 'error'"),
            outcome("passed", "value: 1, severity: 'warning'"),
            outcome("failed", "value: 1, severity: 'error'"),
            outcome("failed", "value: 1, severity: 'warning'"),
            outcome("failed", "value: 1, severity: 'warning'"),
            outcome("skipped", "severity: 'error'"));

    assertThat(report.summary()).isEqualTo("2/5");
    assertThat(report.passed()).isEqualTo(2);
    assertThat(report.failed()).isEqualTo(1);
    assertThat(report.warnings()).isEqualTo(2);
    assertThat(report.skipped()).isEqualTo(1);
    assertThat(report.outcomes()).hasSize(6);
  }

  private static DatasetStatus.Checks report(CheckOutcome... outcomes) {
    return CheckReport.of(List.of(outcomes), 1, 2, Bench.NOW);
  }

  private static CheckOutcome outcome(String verdict, String fields) {
    return Bench.read(
        "{name: 'a', bound: '0', verdict: '%s', %s}".formatted(verdict, fields),
        CheckOutcome.class);
  }
}
