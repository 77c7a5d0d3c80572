package dev.firstday.trainer.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firstday.api.DatasetSpec;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a check is said before anything runs: which check, which field, the cure. */
class CheckErrorsTest {
  private final Bench bench = Bench.small();

  @AfterEach
  void close() {
    bench.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
      metric: 'mean', column: 'y', mustBe: 0                         | check 'mean(y)': there is no column y (did you mean x?); spec.columns has id, x
      metric: 'mean', column: 'colour', mustBe: 0                    | mean is for numbers, and colour is declared as VARCHAR
      metric: 'correlation', columns: ['x', 'late'], mustBe: 0       | correlation is for numbers, and late is declared as BOOLEAN
      metric: 'freshness', column: 'x', mustBe: 0                    | freshness is for DATE and TIMESTAMP, and x is declared as DOUBLE
      metric: 'freshness', column: 'seen', unit: 'rows', mustBe: 0   | unit: freshness has seconds, minutes, hours, days
      metric: 'mean', column: 'x', unit: 'percent', mustBe: 0        | unit: mean has none
      metric: 'rowCount', unit: 'percent', mustBe: 0                 | unit: rowCount has rows
      metric: 'rowCount', column: 'x', mustBe: 0                     | rowCount takes no column
      metric: 'nullValues', mustBe: 0                                | nullValues needs column
      metric: 'nullValues', columns: ['x', 'n'], mustBe: 0           | nullValues needs column
      metric: 'nullValues', columns: ['x', null], mustBe: 0          | columns: one has no name
      metric: 'nullValues', column: 'x', columns: ['n'], mustBe: 0   | it has column and columns: leave one out
      metric: 'correlation', columns: ['x'], mustBe: 0               | correlation needs columns: [one, another]
      metric: 'nullValues', column: 'x', arguments: {pattern: 'a'}, mustBe: 0 | arguments.pattern: nullValues does not read it; it reads none
      metric: 'quantile', column: 'x', mustBe: 0                     | quantile needs arguments.quantile
      metric: 'quantile', column: 'x', arguments: {quantile: 2}, mustBe: 0 | a number from 0 to 1
      metric: 'missingValues', column: 'x', mustBe: 0                | missingValues needs arguments.missingValues
      metric: 'invalidValues', column: 'x', mustBe: 0                | invalidValues needs arguments: validValues, pattern
      metric: 'invalidValues', column: 'x', arguments: {validValues: [null]}, mustBe: 0 | none is null
      metric: 'invalidValues', column: 'colour', arguments: {min: 1}, mustBe: 0 | min and max are for numbers, and colour is declared as VARCHAR
      metric: 'invalidValues', column: 'x', arguments: {min: 5000, max: 0}, mustBe: 0 | arguments: min is 5000 and max is 0: the lesser one is min
      metric: 'invalidValues', column: 'colour', arguments: {minLength: 3, maxLength: 2}, mustBe: 0 | arguments: minLength is 3 and maxLength is 2: the lesser one is minLength
      metric: 'invalidValues', column: 'x', arguments: {maxLength: 1}, mustBe: 0 | minLength and maxLength are for VARCHAR
      metric: 'invalidValues', column: 'colour', arguments: {pattern: '('}, mustBe: 0 | its pattern is no regular expression (RE2): Invalid Input Error: missing ): (
      metric: 'rowCount'                                             | it has no mustBe... operator: say what the value must be
      metric: 'rowCount', mustBe: 0, mustBeLessThan: 3               | it has 2 mustBe... operators: leave one
      metric: 'rowCount', mustBeBetween: [3, 1]                      | mustBeBetween: it has two numbers, the lesser one first
      metric: 'rowCount', mustBeBetween: [3]                         | mustBeBetween: it has two numbers
      metric: 'sql', mustBe: 0                                       | query: sql, and no other metric, needs it
      metric: 'rowCount', query: 'SELECT 1', mustBe: 0               | query: sql, and no other metric, needs it
      metric: 'sql', query: 'SELECT 1, 2', mustBe: 0                 | query: it gives 2 columns; it must give one number
      metric: 'sql', query: 'SELECT 1; SELECT 2', mustBe: 0          | query: there are 2 statements; it must be exactly one SELECT
      metric: 'sql', query: 'DROP TABLE rows', mustBe: 0             | query: only a SELECT is allowed
      metric: 'sql', query: 'SELECT y FROM {object}', mustBe: 0      | query: Binder Error: Referenced column
      metric: 'sql', query: 'SELECT ? FROM {object}', mustBe: 0      | query: it has parameters
      metric: 'sql', query: 'SELECT 1 FROM nothing', mustBe: 0       | query: Catalog Error: Table with name nothing does not exist
      metric: 'sql', query: 'SELECT 1 FROM read_text(\\'/etc/passwd\\')', mustBe: 0 | query: Permission Error
      metric: 'sql', query: 'SELECT n FROM {object}', mustBe: 0      | query: it gives more than one value; it must give one number
      metric: 'sql', query: 'SELECT max(colour) FROM {object}', mustBe: 0 | query: it gives 'red', which is no number
      metric: 'rowCount', where: 'y = 1', mustBe: 0                  | where: Binder Error: Referenced column
      metric: 'rowCount', where: 'sum(n) > 1', mustBe: 0             | where: Binder Error: aggregate function calls cannot be nested
      metric: 'rowCount', where: 'true) FROM x; --', mustBe: 0       | where: it must be one condition
      metric: 'rowCount', where: 'true) OR (true', mustBe: 0         | where: it must be one condition
      metric: 'rowCount', where: 'n > 1 ORDER BY 1', mustBe: 0       | where: it must be one condition
      metric: 'rowCount', where: 'true; DROP TABLE x', mustBe: 0     | where: it must be one condition: only a SELECT is allowed
      metric: 'rowCount', where: '', mustBe: 0                       | where: it must be one condition
      metric: 'rowCount', where: '/*', mustBe: 0                     | where: it must be one condition: unterminated /* comment
      metric: 'rowCount', where: 'CAST(colour AS INTEGER) > 1', mustBe: 0 | check 'rowCount' fails on these rows: Conversion Error
      metric: 'schema', where: 'true', mustBe: 0                     | where: schema looks at whole versions
      metric: 'schema', arguments: {against: 'train'}, mustBe: 0     | arguments.against: schema compares with another version
      metric: 'change', mustBe: 0                                    | arguments.of: change needs the metric that it follows
      metric: 'change', arguments: {of: 'drift'}, mustBe: 0          | arguments.of: change cannot follow drift
      metric: 'change', arguments: {of: 'mean'}, column: 'late', mustBe: 0 | mean is for numbers, and late is declared as BOOLEAN
      metric: 'change', arguments: {of: 'mean'}, column: 'x', unit: 'rows', mustBe: 0 | unit: mean counts no rows
      metric: 'change', arguments: {of: 'mean', quantile: 0.5}, column: 'x', mustBe: 0 | arguments.quantile: change does not read it; it reads of, against
      metric: 'anomaly', arguments: {of: 'rowCount', history: 3, minHistory: 5} | arguments.history is less than minHistory
      metric: 'anomaly', arguments: {of: 'rowCount', minHistory: 1}  | arguments.minHistory
      metric: 'drift', column: 'x', mustBe: 0                        | arguments.method: drift needs it
      metric: 'drift', column: 'colour', arguments: {method: 'ks'}, mustBe: 0 | arguments.method: it measures distances of numbers, and colour is declared as VARCHAR
      metric: 'drift', column: 'x', arguments: {method: 'ks', bins: 1}, mustBe: 0 | arguments.bins: there are 2 to 100, not 1
      metric: 'referentialIntegrity', column: 'n', mustBe: 0         | arguments.table: referentialIntegrity needs it
      metric: 'referentialIntegrity', column: 'n', arguments: {table: 'colors'}, mustBe: 0 | arguments.table: there is no table colors (did you mean colours?); spec.source has colours, other
      metric: 'referentialIntegrity', column: 'n', arguments: {table: 'other', tableColumns: ['a', 'b']}, mustBe: 0 | arguments.tableColumns: it names a column of other for each of n
      metric: 'newCategories', column: 'x', mustBe: 0                | newCategories is for kinds, and x is declared as DOUBLE
      metric: 'timeOverlap', column: 'x', mustBe: 0                  | column: name one DATE or TIMESTAMP
      name: 'no metric', mustBe: 0                                   | check 'no metric': metric: it is missing
      """)
  void saysWhatIsWrong(String check, String message) {
    RunFailure failure =
        catchThrowableOfType(RunFailure.class, () -> bench.run("{" + check.strip() + "}"));

    assertThat(failure).hasMessageContaining(message);
    assertThat(failure.reason()).isEqualTo("InvalidCheck");
    assertThat(failure.cure()).isEqualTo(Cure.FIX_SPEC);
  }

  @Test
  void refusesNamesThatAreGivenTwiceAndNumbersThoseThatAreMade() {
    String check = "{name: 'a', metric: 'rowCount', mustBe: 1}";
    RunFailure failure = catchThrowableOfType(RunFailure.class, () -> bench.runAll(check, check));

    assertThat(failure).hasMessageContaining("check 'a': another check has this name");
    assertThat(
            CheckPlan.of(
                    bench.spec(
                        "leakageChecks: false",
                        "{metric: 'rowCount', mustBe: 1}",
                        "{metric: 'rowCount', mustBe: 2}",
                        "{name: 'rowCount 2', metric: 'rowCount', mustBe: 2}",
                        "{metric: 'change', column: 'x', arguments: {of: 'mean'}, mustBe: 2}"))
                .names())
        .containsExactly("rowCount", "rowCount 3", "rowCount 2", "change of mean(x)");
  }

  @Test
  void findsAMissingColumnOfASourceWhoseColumnsAreDeclared() {
    var spec =
        Bench.read(
            """
            {source: {files: [{name: 'plane', uri: 'p.csv', columns: [{name: 'tail', type: 'VARCHAR'}]}]},
             columns: [{name: 'tail', type: 'VARCHAR'}, {name: 'y', type: 'DOUBLE', role: 'label'}],
             split: {hash: {columns: ['tail'], validationPercent: 20}},
             checks: [{metric: 'referentialIntegrity', column: 'tail', mustBe: 0,
                       arguments: {table: 'plane', tableColumns: ['taill']}}]}""",
            DatasetSpec.class);

    assertThat(catchThrowableOfType(RunFailure.class, () -> CheckPlan.of(spec)))
        .hasMessageContaining(
            "arguments.tableColumns: table plane has no column taill (did you mean tail?); it has tail");
  }

  @Test
  void findsAMissingColumnOfASourceWhoseFilesTellTheColumns() {
    bench.source("colours", "SELECT * FROM (VALUES ('red', '1')) v(name, code)");

    assertThat(
            catchThrowableOfType(
                RunFailure.class,
                () ->
                    bench.run(
                        "{metric: 'referentialIntegrity', column: 'colour', mustBe: 0,"
                            + " arguments: {table: 'colours'}}")))
        .hasMessage(
            "check 'referentialIntegrity(colour)': arguments.tableColumns: table colours has no column colour; it has name, code");
  }

  @Test
  void refusesToRedactWhatIsNoColumn() {
    var spec = bench.spec("failingRows: {redact: ['color']}");

    assertThat(catchThrowableOfType(RunFailure.class, () -> CheckPlan.of(spec)))
        .hasMessageContaining(
            "spec.failingRows.redact: there is no column color (did you mean colour?)");
  }
}
