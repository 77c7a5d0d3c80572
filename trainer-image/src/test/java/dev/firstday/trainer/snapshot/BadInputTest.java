package dev.firstday.trainer.snapshot;

import static dev.firstday.contract.RunResult.Cure.FIX_DATA;
import static dev.firstday.contract.RunResult.Cure.FIX_SPEC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetCheck.Metric;
import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.api.DatasetSpec.ColumnSplit;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.DatasetSpec.Split;
import dev.firstday.api.DatasetSpec.TimeSplit;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import dev.firstday.trainer.sql.SqlResources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way to be wrong gets its own reason, a message that names the place, and who can mend it.
 */
class BadInputTest {
  private static final String NAMESPACE = "bad";
  private static final String FILES = "s3://firstday-test/team/bad/files/";
  private static S3Fixture s3;

  @TempDir private Path scratch;

  @BeforeAll
  static void start() {
    s3 = S3Fixture.start();
    s3.upload(NAMESPACE, "rows.csv", Runs.csv());
    s3.upload(NAMESPACE, "empty.csv", "");
    s3.upload(NAMESPACE, "header.csv", "id,size,colour,late\n");
    s3.upload(NAMESPACE, "broken.parquet", "this is not Parquet, whatever its name says");
    s3.upload(NAMESPACE, "broken.csv.gz", "neither compressed nor whole");
    s3.upload(
        NAMESPACE,
        "latin1.csv",
        (Runs.csv() + "300,1.5,\u00e9\u00e8,true\n").getBytes(StandardCharsets.ISO_8859_1));
    s3.upload(NAMESPACE, "rows.txt", Runs.csv());
    s3.upload(NAMESPACE, "mixed/1.csv", "id,size,colour,late\n1,1,red,true\n");
    s3.upload(NAMESPACE, "mixed/2.csv", "id,size,color,late\n2,2,red,true\n");
    s3.upload(NAMESPACE, "both/1.csv", "a\n1\n");
    s3.upload(NAMESPACE, "both/1.parquet", "PAR1");
    s3.upload(
        NAMESPACE, "ragged.csv", Runs.csv() + "300,1.5,red,true,more\n" + "301,1.5,red,true\n");
    s3.upload(NAMESPACE, "quote.csv", Runs.csv() + "300,1.5,\"red,true\n");
  }

  @AfterAll
  static void stop() throws IOException {
    s3.close();
  }

  static Stream<Case> cases() {
    return Stream.of(
        of(
            transform("SELEC 1"),
            "InvalidTransform",
            FIX_SPEC,
            "spec.transform: syntax error at or near \"SELEC\" (line 1, column 1)"),
        of(
            transform("SELECT id,\n  FROM FROM rows"),
            "InvalidTransform",
            FIX_SPEC,
            "spec.transform: syntax error at or near \"FROM\" (line 2, column 8)"),
        of(
            transform("SELECT 1; SELECT 2"),
            "InvalidTransform",
            FIX_SPEC,
            "spec.transform: there are 2 statements; it must be exactly one SELECT"),
        of(
            transform("-- nothing"),
            "InvalidTransform",
            FIX_SPEC,
            "spec.transform: there are 0 statements; it must be exactly one SELECT"),
        of(
            transform("DROP TABLE rows"),
            "InvalidTransform",
            FIX_SPEC,
            "spec.transform: only a SELECT is allowed, and this is something else"),
        of(
            transform("SELECT id, size, color, late FROM rows"),
            "TransformDoesNotFit",
            FIX_DATA,
            "spec.transform does not fit the columns of these files: Binder Error: Referenced column \"color\" not found in FROM clause!\nCandidate bindings: \"colour\"\n\nLINE 1: SELECT id, size, color, late FROM rows\n                         ^"),
        of(
            transform("SELECT * FROM row"),
            "InvalidTransform",
            FIX_SPEC,
            "spec.transform: Catalog Error: Table with name row does not exist!\nDid you mean \"rows\"?\n\nLINE 1: SELECT * FROM row\n                      ^"),
        of(
            transform("SELECT * FROM rows WHERE id = ?"),
            "InvalidTransform",
            FIX_SPEC,
            "spec.transform: it has parameters (? or $1), and there are no values for them"),
        of(
            transform("SELECT id, id, size, late FROM rows"),
            "ColumnsDiffer",
            FIX_DATA,
            "the transform gives id twice; spec.columns declares colour, which the transform lacks. Given: id, id, size, late. Declared: id, size, colour, late"),
        of(
            transform("SELECT id, size, colour AS color, late FROM rows"),
            "ColumnsDiffer",
            FIX_DATA,
            "the transform gives color, which spec.columns lacks (did you mean colour?); spec.columns declares colour, which the transform lacks (did you mean color?). Given: id, size, color, late. Declared: id, size, colour, late"),
        of(
            transform(
                "SELECT id, size, colour,\n CAST(colour AS DATE) > '2020-01-01' AS late FROM rows"),
            "TransformFailed",
            FIX_DATA,
            "spec.transform fails on these rows: Conversion Error: invalid date field format: \"red\", expected format is (YYYY-MM-DD) when casting from source column colour\n\nLINE 2:  CAST(colour AS DATE) > '2020-01-01' AS late FROM rows\n         ^"),
        of(
            source("nowhere.csv"),
            "ObjectNotFound",
            FIX_DATA,
            "there is no file s3://firstday-test/team/bad/files/nowhere.csv (uri 'nowhere.csv') at ENDPOINT: upload it, for instance with aws s3 cp FILE s3://firstday-test/team/bad/files/ --endpoint-url ENDPOINT"),
        of(
            source("nowhere-*.csv"),
            "ObjectNotFound",
            FIX_DATA,
            "no file matches s3://firstday-test/team/bad/files/nowhere-*.csv (uri 'nowhere-*.csv') at ENDPOINT: upload it, for instance with aws s3 cp FILE s3://firstday-test/team/bad/files/ --endpoint-url ENDPOINT"),
        of(
            source("empty.csv"),
            "InvalidSource",
            FIX_DATA,
            "the file s3://firstday-test/team/bad/files/empty.csv is empty: upload it again"),
        of(
            source("header.csv"),
            "InvalidSource",
            FIX_DATA,
            "spec.source.files, table rows: there is no row in s3://firstday-test/team/bad/files/header.csv: upload files with rows"),
        of(
            source("broken.parquet"),
            "InvalidSource",
            FIX_DATA,
            "the file s3://firstday-test/team/bad/files/broken.parquet cannot be read: Invalid Input Error: No magic bytes found at end of file 's3://firstday-test/team/bad/files/broken.parquet'"),
        of(
            source("broken.csv.gz"),
            "InvalidSource",
            FIX_DATA,
            "the file s3://firstday-test/team/bad/files/broken.csv.gz cannot be read: Not in GZIP format"),
        of(
            source("rows.txt"),
            "InvalidSource",
            FIX_SPEC,
            "spec.source.files: the name of s3://firstday-test/team/bad/files/rows.txt tells no format: set format to csv or parquet for table rows"),
        of(
            source("mixed/*.csv"),
            "InvalidSource",
            FIX_DATA,
            "the columns of s3://firstday-test/team/bad/files/mixed/2.csv differ from those of s3://firstday-test/team/bad/files/mixed/1.csv: it lacks colour and has color: correct the file, or narrow the uri"),
        of(
            source("both/*"),
            "InvalidSource",
            FIX_SPEC,
            "spec.source.files: table rows has files of both formats, csv and parquet: give each its own table"),
        of(
            type("colour", Type.INTEGER),
            "InvalidValues",
            FIX_DATA,
            "column colour: 200 rows cannot be cast from VARCHAR to INTEGER without loss, for instance 'it's blue': correct the files, the transform or the declared type, or name a text that means missing in the table's nullStrings"),
        of(
            type("size", Type.BIGINT),
            "InvalidValues",
            FIX_DATA,
            "column size: 100 rows cannot be cast from DOUBLE to BIGINT without loss, for instance '0.5': correct the files, the transform or the declared type"),
        of(
            transform("SELECT id, [size] AS size, colour, late FROM rows"),
            "InvalidValues",
            FIX_DATA,
            "column size: 200 rows cannot be cast from DOUBLE[] to DOUBLE without loss, for instance '[0.5]': correct the files, the transform or the declared type"),
        of(
            transform(
                "SELECT id, CASE WHEN id < 3 THEN 'nan'::DOUBLE ELSE size END AS size, colour, late FROM rows"),
            "InvalidValues",
            FIX_DATA,
            "column size: 3 rows are not finite, for instance 'nan': turn them into NULL in the transform, or correct the files"),
        of(
            transform("SELECT id, size, colour, CASE WHEN id > 5 THEN late END AS late FROM rows"),
            "InvalidValues",
            FIX_DATA,
            "the label late is missing in 6 rows: leave these rows out in the transform (WHERE late IS NOT NULL), or correct the files"),
        of(
            transform("SELECT id, size, colour, true AS late FROM rows"),
            "ConstantLabel",
            FIX_DATA,
            "the label late is 'true' in all 159 rows of the train split, so there is nothing to learn: correct the files, the transform or the split"),
        of(
            secondLabel("true", Type.BOOLEAN),
            "ConstantLabel",
            FIX_DATA,
            "the label full is 'true' in all 159 rows of the train split, so there is nothing to learn: correct the files, the transform or the split"),
        of(
            secondLabel("CASE WHEN id > 5 THEN late END", Type.BOOLEAN),
            "InvalidValues",
            FIX_DATA,
            "the label full is missing in 6 rows: leave these rows out in the transform (WHERE full IS NOT NULL), or correct the files"),
        of(
            secondLabel("size", Type.DOUBLE),
            "InvalidSpec",
            FIX_SPEC,
            "spec.columns: of several columns with role: label each is a BOOLEAN"),
        of(
            transform("FROM rows WHERE id < 0"),
            "EmptySplit",
            FIX_DATA,
            "spec.transform gives no rows: does its WHERE, or a join, leave nothing of these files?"),
        of(
            day("2030-01-01", null, null, true),
            "EmptySplit",
            FIX_DATA,
            "the validation split has no rows: compare spec.split with the keys or times in the files, or upload more"),
        of(
            split(Runs.byHash(10, "ids")),
            "InvalidSplit",
            FIX_SPEC,
            "spec.split.hash.columns: there is no column ids (did you mean id?); spec.columns has id, size, colour, late"),
        of(
            split(Runs.byTime("size", "2013-01-01")),
            "InvalidSplit",
            FIX_SPEC,
            "spec.split.time.column: size is declared as DOUBLE; a split by time needs a DATE or a TIMESTAMP"),
        of(
            day("2013-02-31", null, null, true),
            "InvalidSplit",
            FIX_SPEC,
            "spec.split.time.trainUntil: '2013-02-31' is no time: Text '2013-02-31' could not be parsed: Invalid date 'FEBRUARY 31'"),
        of(
            day("2013-02-01", "2013-01-01", null, true),
            "InvalidSplit",
            FIX_SPEC,
            "spec.split.time: validateFrom is before trainUntil, so rows would be in both splits"),
        of(
            day("2013-02-01", null, "2013-02-01", true),
            "InvalidSplit",
            FIX_SPEC,
            "spec.split.time: validateUntil is not after validateFrom, so nothing would validate"),
        of(
            test("2013-02-01", null, "2013-02-15", null),
            "InvalidSplit",
            FIX_SPEC,
            "spec.split.time: testFrom needs validateUntil: validation ends before the test begins"),
        of(
            test("2013-02-01", "2013-03-01", "2013-02-15", null),
            "InvalidSplit",
            FIX_SPEC,
            "spec.split.time: testFrom is before validateUntil, so rows would be in both splits"),
        of(
            test("2013-02-01", "2013-03-01", "2013-03-15", "2013-03-15"),
            "InvalidSplit",
            FIX_SPEC,
            "spec.split.time: testUntil is not after testFrom, so nothing would be tested"),
        of(
            test("2013-02-01", "2013-03-01", "2014-03-15", null),
            "EmptySplit",
            FIX_DATA,
            "the test split has no rows: compare spec.split with the keys or times in the files, or upload more"),
        of(
            split(new Split(null, null, new ColumnSplit("color", null, null, null))),
            "InvalidSplit",
            FIX_SPEC,
            "spec.split.column.name: there is no column color (did you mean colour?); spec.columns has id, size, colour, late"),
        of(
            split(new Split(null, null, new ColumnSplit("colour", "red", "red", null))),
            "InvalidSplit",
            FIX_SPEC,
            "spec.split.column: train, validation and test are red, red, test: the same value cannot mean two splits"),
        of(
            split(new Split(null, null, new ColumnSplit("colour", "red", "100%", null))),
            "InvalidValues",
            FIX_DATA,
            "column colour names each row's split and has another value in 133 rows, for instance 'it's blue': it must be red, 100%, test, or missing in rows to leave out; correct the files, the transform or spec.split.column"),
        of(
            split(new Split(null, null, new ColumnSplit("colour", "red", "it's blue", "green"))),
            "EmptySplit",
            FIX_DATA,
            "the test split has no rows: compare spec.split with the keys or times in the files, or upload more"),
        of(
            split(new Split(null, null, new ColumnSplit("colour", "red", "\0", null))),
            "InvalidSpec",
            FIX_SPEC,
            "spec.split.column.validation: it holds the character U+0000"),
        of(
            split(new Split(null, null, null)),
            "InvalidSpec",
            FIX_SPEC,
            "spec.split: it has exactly one of hash, time and column"),
        of(
            day("2013-02-01", null, null, false),
            "InvalidValues",
            FIX_DATA,
            "column day divides the rows by time and is missing in 1 row: leave these rows out in the transform, or correct the files"),
        of(
            check(Runs.exactly(null, Metric.NULL_VALUES, "color", null, 0)),
            "InvalidCheck",
            FIX_SPEC,
            "check 'nullValues(color)': there is no column color (did you mean colour?); spec.columns has id, size, colour, late"),
        of(
            check(
                Runs.exactly(
                    "hue", Metric.INVALID_VALUES, "colour", Runs.valid(null, "(", null, null), 0)),
            "InvalidCheck",
            FIX_SPEC,
            "check 'hue': its pattern is no regular expression (RE2): Invalid Input Error: missing ): ("),
        of(
            check(
                Runs.exactly(
                    null, Metric.INVALID_VALUES, "colour", Runs.valid(null, null, 1.0, null), 0)),
            "InvalidCheck",
            FIX_SPEC,
            "check 'invalidValues(colour)': min and max are for numbers, and colour is declared as VARCHAR"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isAnsweredWithReasonPlaceAndCure(Case bad) {
    var failure = failure(bad.change());

    assertThat(failure).as("failure").isNotNull();
    assertThat(failure.getMessage().replace(s3.endpoint(), "ENDPOINT")).isEqualTo(bad.message());
    assertThat(failure.reason()).isEqualTo(bad.reason());
    assertThat(failure.cure()).isEqualTo(bad.cure());
  }

  @ParameterizedTest
  @CsvSource({
    "ragged.csv, 'Expected Number of Columns: 4 Found: 5'",
    "quote.csv, 'Value with unterminated quote found'",
    "latin1.csv, 'not utf-8 encoded'"
  })
  void tellsTheLineOfACsvFile(String file, String why) {
    var failure = failure(source(file));

    assertThat(failure.reason()).isEqualTo("InvalidSource");
    assertThat(failure.cure()).isEqualTo(FIX_DATA);
    assertThat(failure)
        .hasMessageContaining(FILES + file)
        .hasMessageContaining("Line: 202")
        .hasMessageContaining(why);
  }

  private RunFailure failure(UnaryOperator<Run.Snapshot> change) {
    try (Store store = s3.store(NAMESPACE)) {
      var worker = Runs.worker(store, new SqlResources(500L << 20, 2), scratch, Clock.systemUTC());
      var failure =
          catchThrowableOfType(
              RunFailure.class, () -> worker.run(change.apply(Runs.small(NAMESPACE))));
      assertThat(store.datasetVersions("small").numbers()).isEmpty();
      return failure;
    }
  }

  private static Case of(
      UnaryOperator<Run.Snapshot> change, String reason, Cure cure, String message) {
    return new Case(change, reason, cure, message);
  }

  private static UnaryOperator<Run.Snapshot> transform(String sql) {
    return run -> Runs.with(run, sql);
  }

  private static UnaryOperator<Run.Snapshot> source(String uri) {
    return run -> Runs.with(run, Runs.source("rows", uri));
  }

  /** With a label full. */
  private static UnaryOperator<Run.Snapshot> secondLabel(String sql, Type type) {
    return run -> {
      List<Column> columns = new ArrayList<>(run.spec().columns());
      columns.add(Runs.column("full", type, Role.LABEL));
      return Runs.with(run, "SELECT *, " + sql + " AS full FROM rows", columns, run.spec().split());
    };
  }

  private static UnaryOperator<Run.Snapshot> split(Split split) {
    return run -> Runs.with(run, split);
  }

  private static UnaryOperator<Run.Snapshot> check(DatasetCheck check) {
    return run -> Runs.with(run, check);
  }

  private static UnaryOperator<Run.Snapshot> type(String column, Type type) {
    return run ->
        Runs.with(
            run,
            run.spec().columns().stream()
                .map(c -> c.name().equals(column) ? Runs.column(column, type, Role.FEATURE) : c)
                .toList());
  }

  /** With a column day, perhaps missing in the first row. */
  private static UnaryOperator<Run.Snapshot> day(
      String train, String from, String until, boolean complete) {
    return run -> {
      List<Column> columns = new ArrayList<>(run.spec().columns());
      columns.add(Runs.column("day", Type.DATE, Role.EVENT_TIME));
      return Runs.with(
          run,
          "SELECT *, CASE WHEN %s OR id > 0 THEN DATE '2013-01-01' + id::INTEGER END AS day FROM rows"
              .formatted(complete),
          columns,
          new Split(null, new TimeSplit("day", train, from, until, null, null), null));
    };
  }

  private static UnaryOperator<Run.Snapshot> test(
      String train, String until, String testFrom, String testUntil) {
    return run ->
        Runs.with(
            day(train, null, null, true).apply(run),
            new Split(null, new TimeSplit("day", train, null, until, testFrom, testUntil), null));
  }

  record Case(UnaryOperator<Run.Snapshot> change, String reason, Cure cure, String message) {
    @Override
    public String toString() {
      return reason + ": " + message;
    }
  }
}
