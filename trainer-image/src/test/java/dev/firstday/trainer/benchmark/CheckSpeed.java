package dev.firstday.trainer.benchmark;

import dev.firstday.api.DatasetSpec;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.data.CheckOutcome;
import dev.firstday.trainer.check.CheckPlan;
import dev.firstday.trainer.check.CheckRunner;
import dev.firstday.trainer.check.Subject;
import dev.firstday.trainer.sql.Database;
import dev.firstday.trainer.sql.Sql;
import dev.firstday.trainer.sql.SqlResources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Checks of a data set over Parquet files, and a query that gives the same numbers, in turn: {@code
 * CheckSpeed SPEC.json QUERY.sql ROUNDS POD-BYTES FILE...}. Prints one line of JSON with seconds of
 * each round, the values, and the most memory that the process had. {@code {object}} in the query
 * stands for the rows.
 */
public final class CheckSpeed {
  private final SqlResources resources;
  private final Path temporary;
  private final String rows;

  private CheckSpeed(SqlResources resources, Path temporary, List<String> files) {
    this.resources = resources;
    this.temporary = temporary;
    this.rows =
        "(SELECT *, 'train' AS "
            + Sql.name(Subject.SPLIT)
            + " FROM read_parquet(["
            + files.stream().map(Sql::text).collect(Collectors.joining(", "))
            + "]))";
  }

  public static void main(String[] arguments) throws IOException {
    DatasetSpec spec = Contract.read(Files.readString(Path.of(arguments[0])), DatasetSpec.class);
    String query = Files.readString(Path.of(arguments[1]));
    int rounds = Integer.parseInt(arguments[2]);
    SqlResources resources =
        SqlResources.of(
            Long.parseLong(arguments[3]),
            Runtime.getRuntime().maxMemory(),
            Runtime.getRuntime().availableProcessors());
    CheckSpeed speed =
        new CheckSpeed(
            resources,
            Files.createTempDirectory("check-speed"),
            List.of(arguments).subList(4, arguments.length));
    List<Double> checks = new ArrayList<>();
    List<Double> byHand = new ArrayList<>();
    List<CheckOutcome> outcomes = List.of();
    List<Object> row = List.of();
    for (int round = 0; round < rounds; round++) {
      outcomes = speed.timed(checks, database -> speed.check(database, spec));
      row = speed.timed(byHand, database -> speed.byHand(database, query));
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("checks", checks);
    result.put("byHand", byHand);
    result.put("values", outcomes.stream().map(CheckOutcome::value).toList());
    result.put("passed", outcomes.stream().map(CheckOutcome::verdict).toList());
    result.put("valuesByHand", row);
    result.put("memoryLimitBytes", resources.memoryBytes());
    result.put("peakBytes", peakBytes());
    System.out.println(Contract.write(result));
  }

  /**
   * In a database of its own, so that nothing is kept from the round before. It is open when the
   * clock starts: an engine that is imported is started by then, too.
   */
  private <T> T timed(List<Double> seconds, Function<Database, T> work) {
    try (Database database = Database.open(resources, temporary)) {
      long started = System.nanoTime();
      T result = work.apply(database);
      seconds.add((System.nanoTime() - started) / 1e9);
      return result;
    }
  }

  private List<CheckOutcome> check(Database database, DatasetSpec spec) {
    database.execute("CREATE VIEW rows AS FROM " + rows);
    CheckRunner runner = new CheckRunner(database);
    CheckPlan plan = CheckPlan.of(spec);
    runner.require(plan);
    return runner.run(
        plan,
        new Subject(
            "rows",
            spec.columns(),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Instant.now()));
  }

  private List<Object> byHand(Database database, String query) {
    return database.queryRow(query.replace("{object}", rows));
  }

  /** VmHWM, as Linux has it. */
  private static long peakBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }
}
