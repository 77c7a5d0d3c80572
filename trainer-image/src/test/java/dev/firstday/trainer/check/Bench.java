package dev.firstday.trainer.check;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.data.CheckOutcome;
import dev.firstday.sdk.data.CheckRecord;
import dev.firstday.trainer.sql.Database;
import dev.firstday.trainer.sql.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks over a small table in memory, in few words. */
final class Bench implements AutoCloseable {
  /** Ten rows of which all can be said by heart. */
  static final String COLUMNS =
      "id BIGINT key, x DOUBLE, n INTEGER, colour VARCHAR, seen TIMESTAMP eventTime, late BOOLEAN"
          + " label";

  static final List<String> ROWS =
      List.of(
          "1, 1.0, 1, 'red', '2020-01-01', true, 'train'",
          "2, 2.0, 2, 'red', '2020-01-02', false, 'train'",
          "3, 3.0, 3, 'blue', '2020-01-03', true, 'train'",
          "4, 4.0, 4, 'blue', '2020-01-04', false, 'train'",
          "5, NULL, 5, NULL, '2020-01-05', true, 'train'",
          "6, 6.0, 6, 'NA', '2020-01-06', false, 'train'",
          "6, 7.0, 7, 'green', '2020-01-06', true, 'validation'",
          "8, 8.0, 8, 'red', '2020-01-08', false, 'validation'",
          "9, NULL, 9, 'blue', '2020-01-05 12:00', true, 'validation'",
          "10, 10.0, 10, 'green', '2020-01-10', false, 'test'");

  static final Instant NOW = Instant.parse("2020-01-11T12:00:00Z");
  private static final String TABLE = "firstday typed";
  private static final JsonMapper LENIENT =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .build();

  final Database database = Database.open();
  private final List<Column> columns;
  private final Set<String> sources = new HashSet<>();
  private final List<CheckRecord> history = new ArrayList<>();
  private Optional<Subject.Reference> previous = Optional.empty();
  private Optional<Subject.Reference> pinned = Optional.empty();

  Bench(String columns, List<String> rows) {
    this.columns = columns(columns);
    create(TABLE, this.columns, rows);
  }

  static Bench small() {
    return new Bench(COLUMNS, ROWS);
  }

  Bench previous(int number, String columns, List<String> rows) {
    previous = Optional.of(reference(number, columns, rows));
    return this;
  }

  Bench pinned(int number, String columns, List<String> rows) {
    pinned = Optional.of(reference(number, columns, rows));
    return this;
  }

  Bench source(String table, String select) {
    database.execute("CREATE TABLE " + Sql.name(table) + " AS " + select);
    sources.add(table);
    return this;
  }

  /** Runs before this one, oldest first, each with what the check of that name observed. */
  Bench observed(String check, double... values) {
    for (double value : values) {
      CheckOutcome outcome =
          read("{name: '%s', observed: %s}".formatted(check, value), CheckOutcome.class);
      history.add(
          new CheckRecord(
              history.size() + 1, "d", "u", null, NOW, "d", true, false, "s", List.of(outcome)));
    }
    return this;
  }

  Subject subject() {
    return new Subject(TABLE, columns, sources, previous, pinned, history, NOW);
  }

  /** The first check's outcome; no default checks run. */
  CheckOutcome run(String... checks) {
    return runAll(checks).get(0);
  }

  List<CheckOutcome> runAll(String... checks) {
    return runAll(spec("leakageChecks: false", checks), null);
  }

  List<CheckOutcome> runAll(DatasetSpec spec, Samples samples) {
    CheckPlan plan = CheckPlan.of(spec);
    CheckRunner runner = new CheckRunner(database);
    runner.require(plan);
    return runner.run(plan, subject(), samples);
  }

  /**
   * @param fields of the spec, as {@code leakageChecks: false}
   */
  DatasetSpec spec(String fields, String... checks) {
    String declared =
        columns.stream().map(Contract::write).collect(Collectors.joining(",", "[", "]"));
    return read(
        """
        {source: {files: [{name: 'colours', uri: 'c.csv'}, {name: 'other', uri: 'o.csv'}]},
         transform: 'SELECT 1', columns: %s, checks: [%s], %s%s}"""
            .formatted(
                declared,
                String.join(",", checks),
                fields.contains("split:")
                    ? ""
                    : "split: {hash: {columns: ['id'], validationPercent: 20}}, ",
                fields),
        DatasetSpec.class);
  }

  static DatasetCheck check(String json) {
    return read(json, DatasetCheck.class);
  }

  /** JSON whose field names need no quotes, and whose texts have single ones. */
  static <T> T read(String json, Class<T> type) {
    try {
      return Contract.read(LENIENT.readValue(json, JsonNode.class).toString(), type);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  /** From {@code id BIGINT key, x DOUBLE}. */
  static List<Column> columns(String text) {
    return Arrays.stream(text.split(", "))
        .map(column -> column.split(" "))
        .map(
            words ->
                new Column(
                    words[0],
                    Type.valueOf(words[1]),
                    words.length < 3
                        ? null
                        : Stream.of(Role.values())
                            .filter(r -> r.name().replace("_", "").equals(upper(words[2])))
                            .findFirst()
                            .orElseThrow(),
                    null))
        .toList();
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }

  private Subject.Reference reference(int number, String columns, List<String> rows) {
    String table = "firstday version " + number;
    create(table, columns(columns), rows);
    return new Subject.Reference(number, table, columns(columns));
  }

  private void create(String table, List<Column> columns, List<String> rows) {
    database.execute(
        columns.stream()
            .map(column -> Sql.name(column.name()) + " " + column.type())
            .collect(
                Collectors.joining(
                    ", ",
                    "CREATE TABLE " + Sql.name(table) + " (",
                    ", " + Scope.SPLIT + " VARCHAR)")));
    if (!rows.isEmpty()) {
      database.execute(
          rows.stream()
              .collect(
                  Collectors.joining("), (", "INSERT INTO " + Sql.name(table) + " VALUES (", ")")));
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
