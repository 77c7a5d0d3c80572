package dev.firstday.trainer.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.api.DatasetCheck.Metric;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetStatus.Verdict;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.data.CheckOutcome;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever stands in a check, the rows stay as they are, and what comes of it is an outcome or a
 * reason.
 */
class HostileChecksTest {
  private static final List<String> NAMES =
      List.of("id", "x", "n", "colour", "seen", "late", "nothing", "\"; DROP TABLE other; --");
  private static final List<String> TEXTS =
      List.of("red", "'", "\\", "'); DROP TABLE other; --", "(", "a{2000}", "\u0000", "\uD800", "");
  private static final List<String> CONDITIONS =
      List.of(
          "n > 3",
          "true) OR (true",
          "1) FROM other; DROP TABLE other; --",
          "n > (SELECT max(n) FROM other)",
          "random() < 2 /* all */",
          "colour LIKE '%e%' --",
          "sum(n) > 3",
          "CAST(colour AS INTEGER) = 1",
          "'",
          "$1",
          "{object}",
          "((((((((((((((((((((((((((((((((((n > 3))))))))))))))))))))))))))))))))))");
  private static final List<String> QUERIES =
      List.of(
          "SELECT count(*) FROM {object}",
          "SELECT sum(n) / 0 FROM {object} a JOIN {object} b USING (id)",
          "SELECT * FROM {object}",
          "SELECT 'a'",
          "SELECT 1; DROP TABLE other",
          "COPY {object} TO '/tmp/out'",
          "WITH q AS (FROM {object}) SELECT max(x) FROM q",
          "SELECT CAST('a' AS INTEGER)",
          "SELECT 1) UNION SELECT (2",
          "SELECT count(*) FROM other",
          "SELECT 1e400",
          "FROM duckdb_settings()",
          "");

  @TempDir private Path directory;

  @Test
  void quotesNamesAndValues() {
    String name = "'\\'; DROP TABLE other; --'";
    try (Bench bench = Bench.small().source("other", "SELECT 1 AS n")) {
      CheckOutcome outcome =
          bench.run(
              """
              {name: %s, metric: 'invalidValues', column: 'colour', mustBe: 10,
               arguments: {validValues: [%s, '\\'); DROP TABLE other; --'],
                           pattern: 'a\\'\\\\); DROP TABLE other; --'}}"""
                  .formatted(name, name));

      assertThat(outcome.value()).isEqualTo(9);
      assertThat(outcome.name()).isEqualTo("'; DROP TABLE other; --");
      assertThat(bench.database.queryCount("SELECT count(*) FROM other")).isEqualTo(1);
    }
  }

  /** Each seed is a walk of its own; a failing one prints its checks. */
  @Test
  void everyCheckEndsInAnOutcomeOrAReason() {
    Map<Metric, Integer> judged = new EnumMap<>(Metric.class);
    int refused = 0;
    try (Bench bench =
        Bench.small()
            .source("other", "SELECT 3 AS n")
            .previous(1, Bench.COLUMNS, Bench.ROWS.subList(0, 7))
            .pinned(2, "x DOUBLE, late BOOLEAN label", List.of("1, true, 'train'"))) {
      bench.database.lockWithAllThreads(directory);
      for (int seed = 0; seed < 3000; seed++) {
        String check = check(new SplittableRandom(seed)).toString();
        try {
          CheckOutcome outcome =
              bench.runAll(spec(bench, check), new Samples(directory, file -> "digest")).get(0);
          assertThat(outcome.verdict() == Verdict.PASSED && outcome.value() == null)
              .as(check)
              .isFalse();
          if (outcome.verdict() != Verdict.SKIPPED) {
            judged.merge(outcome.metric(), 1, Integer::sum);
          }
        } catch (RunFailure e) {
          assertThat(e.reason()).isEqualTo("InvalidCheck");
          refused++;
        } catch (RuntimeException e) {
          fail("seed " + seed + ": " + check, e);
        }
      }
      assertThat(bench.database.queryCount("SELECT count(*) FROM other")).isEqualTo(1);
    }
    assertThat(refused).isBetween(500, 2900);
    assertThat(judged.keySet()).hasSizeGreaterThan(20);
  }

  private static DatasetSpec spec(Bench bench, String check) {
    ObjectNode spec =
        Contract.read(Contract.write(bench.spec("leakageChecks: false")), ObjectNode.class);
    spec.set("checks", Contract.read("[" + check + "]", JsonNode.class));
    return Contract.read(spec.toString(), DatasetSpec.class);
  }

  private static ObjectNode check(SplittableRandom random) {
    ObjectNode check = JsonNodeFactory.instance.objectNode();
    Metric metric = Metric.values()[random.nextInt(Metric.values().length)];
    check.put("metric", metric.word());
    if (random.nextInt(4) > 0) {
      check.put("column", name(random));
    } else if (random.nextBoolean()) {
      check.putArray("columns").add(name(random)).add(name(random));
    }
    if (metric == Metric.SQL) {
      check.remove(List.of("column", "columns"));
      check.put("query", pick(random, QUERIES));
    }
    if (random.nextInt(4) == 0) {
      check.put("where", pick(random, CONDITIONS));
    }
    arguments(random, metric, check.putObject("arguments"));
    String operator =
        pick(random, List.of("mustBe", "mustNotBe", "mustBeGreaterThan", "mustBeLessThan"));
    check.put(operator, random.nextInt(4) - 1.5);
    if (random.nextInt(5) == 0) {
      check.put(
          "unit", pick(random, List.of("rows", "percent", "seconds", "minutes", "hours", "days")));
    }
    return check;
  }

  private static void arguments(SplittableRandom random, Metric metric, ObjectNode arguments) {
    switch (metric) {
      case INVALID_VALUES -> {
        arguments.putArray("validValues").add(pick(random, TEXTS)).add(pick(random, TEXTS));
        if (random.nextBoolean()) {
          arguments.put("pattern", pick(random, TEXTS));
        }
        if (random.nextInt(3) == 0) {
          arguments.put("min", random.nextInt(10));
        }
      }
      case MISSING_VALUES -> arguments.putArray("missingValues").add(pick(random, TEXTS));
      case QUANTILE -> arguments.put("quantile", random.nextDouble() * 1.1);
      case REFERENTIAL_INTEGRITY -> {
        arguments.put("table", "other");
        arguments.putArray("tableColumns").add(random.nextInt(4) == 0 ? "nothing" : "n");
      }
      case CHANGE, ANOMALY -> {
        arguments.put("of", Metric.values()[random.nextInt(Metric.values().length)].word());
        if (random.nextBoolean()) {
          arguments.put("quantile", 0.5);
        }
      }
      case DRIFT, LABEL_DRIFT, NEW_CATEGORIES, SCHEMA -> {
        if (metric == Metric.DRIFT || metric == Metric.LABEL_DRIFT) {
          arguments.put(
              "method",
              pick(
                  random,
                  List.of("psi", "jensenShannon", "ks", "wasserstein", "meanShift", "lInfinity")));
        }
        arguments.put("against", pick(random, List.of("previous", "pinned", "train")));
      }
      default -> {
        if (random.nextInt(10) == 0) {
          arguments.put("bins", random.nextInt(10));
        }
      }
    }
  }

  private static String name(SplittableRandom random) {
    return pick(random, NAMES);
  }

  private static <T> T pick(SplittableRandom random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
