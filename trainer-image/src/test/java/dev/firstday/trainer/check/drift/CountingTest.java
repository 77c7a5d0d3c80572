package dev.firstday.trainer.check.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.trainer.sql.Database;
import dev.firstday.trainer.sql.Sql;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the figures of false alarms are counted by is what SQL counts. */
class CountingTest {
  @Test
  void countsAsDuckDbDoes() {
    Random random = new Random(3);
    for (int i = 0; i < 10; i++) {
      compare(Type.DOUBLE, () -> random.nextInt(9) == 0 ? null : (Object) random.nextGaussian());
      compare(Type.DOUBLE, () -> (double) random.nextInt(6));
      compare(Type.VARCHAR, () -> random.nextInt(9) == 0 ? null : "c" + random.nextInt(15));
    }
  }

  private static void compare(Type type, Supplier<Object> source) {
    Object[] reference = Stream.generate(source).limit(200).toArray();
    Object[] current = Stream.generate(source).limit(100).toArray();
    DriftQuery query = new DriftQuery("x", type, 10);
    try (Database database = Database.open()) {
      fill(database, "reference", type, reference);
      fill(database, "current", type, current);
      Bins bins = query.read(database.query(query.edges("reference", null)));

      Counting counting = Counting.of(query, reference, current);

      assertThat(counting.reference().bins()).isEqualTo(bins);
      same(counting.reference(), profile(database, query, bins, "reference"));
      same(counting.current(), profile(database, query, bins, "current"));
    }
  }

  private static void same(Distribution counted, Distribution queried) {
    assertThat(counted.counts()).isEqualTo(queried.counts());
    List<Function<Distribution.Bin, Double>> moments =
        List.of(Distribution.Bin::mean, Distribution.Bin::stddev);
    for (Function<Distribution.Bin, Double> moment : moments) {
      for (int i = 0; i < counted.counted().size(); i++) {
        assertThat(moment.apply(counted.counted().get(i)))
            .isCloseTo(moment.apply(queried.counted().get(i)), within(1e-9));
      }
    }
  }

  private static Distribution profile(
      Database database, DriftQuery query, Bins bins, String table) {
    return query.distribution(bins, database.query(query.profile(bins, table, null)));
  }

  private static void fill(Database database, String table, Type type, Object[] values) {
    String list =
        Arrays.stream(values)
            .map(value -> value == null ? "NULL" : Sql.text(value.toString()))
            .collect(Collectors.joining(", "));
    database.execute(
        "CREATE TABLE %s AS SELECT unnest([%s]::%s[]) AS x".formatted(table, list, type));
  }
}
