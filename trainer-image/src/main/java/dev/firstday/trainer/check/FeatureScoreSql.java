package dev.firstday.trainer.check;

import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.trainer.sql.Sql;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How well single features tell the label, as SQL. A feature becomes bins: a text or a truth value
 * is one by itself, numbers and times are cut by rank into {@value #BINS}, and missing ones are a
 * bin, too. What a bin says is taken from the training split; the score is that of the validation
 * split.
 */
record FeatureScoreSql(
    List<Column> features, Column label, List<String> keys, Scope scope, String table) {
  private static final int BINS = 200;
  private static final int ENOUGH = 100_000;

  /** Of how many picked rows one in so many is kept; a little less than enough, as it is chance. */
  private static final int AIM = 90_000;

  /** What is scored. */
  enum Kind {
    /** The area under the ROC curve, by the share of true labels in each bin. */
    AUC("area under the curve"),
    /** The mean share of each class that is told, when a bin says its relatively most frequent. */
    BALANCED_ACCURACY("balanced accuracy"),
    /** The share of the variance that bins' means, or a straight line, explain. */
    EXPLAINED_VARIANCE("share of the variance");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /** How many labels there are. */
  String labels() {
    return "SELECT count(DISTINCT %s) FROM %s%s"
        .formatted(Sql.name(label.name()), Sql.name(table), scope.whereClause());
  }

  /** Of each feature of a part of them: its place, score, rows that it is as sure as, and rows. */
  String scores(int from, int to, Kind kind) {
    return "WITH picked AS MATERIALIZED ("
        + picked(from, to)
        + ") "
        + IntStream.range(from, to)
            .mapToObj(
                i ->
                    switch (kind) {
                      case AUC -> areaUnderCurve(i);
                      case BALANCED_ACCURACY -> balancedAccuracy(i);
                      case EXPLAINED_VARIANCE -> explainedVariance(i);
                    })
            .collect(Collectors.joining(" UNION ALL "));
  }

  private String picked(int from, int to) {
    String values =
        IntStream.range(from, to)
            .mapToObj(i -> Sql.name(features.get(i).name()) + " AS f" + i)
            .collect(Collectors.joining(", "));
    String hash =
        "hash("
            + Sql.names(keys.isEmpty() ? features.stream().map(Column::name).toList() : keys)
            + ")";
    return "SELECT %s, %s AS y, %s AS train FROM %s%s"
        .formatted(
            values,
            Sql.name(label.name()),
            Scope.IN_TRAIN,
            Sql.name(table),
            scope.whereClause(
                Scope.SPLIT + " <> 'test'",
                Sql.name(label.name()) + " IS NOT NULL",
                "%s %% (SELECT CASE WHEN count(*) <= %d THEN 1 ELSE CAST(ceil(count(*) / %d) AS UBIGINT) END FROM %s) = 0"
                    .formatted(hash, ENOUGH, AIM, Sql.name(table))));
  }

  private String bin(int i) {
    return switch (features.get(i).type()) {
      case BOOLEAN, VARCHAR -> "f" + i;
      case INTEGER, BIGINT, DOUBLE, DATE, TIMESTAMP ->
          "CASE WHEN f%d IS NOT NULL THEN (rank() OVER (ORDER BY f%d) - 1) * %d // (SELECT count(*) FROM picked) END"
              .formatted(i, i, BINS);
    };
  }

  private String areaUnderCurve(int i) {
    String bins =
        ("SELECT count(*) FILTER (WHERE train AND y) AS yes, count(*) FILTER (WHERE train) AS n,"
                + " count(*) FILTER (WHERE NOT train AND y) AS pos,"
                + " count(*) FILTER (WHERE NOT train AND NOT y) AS neg"
                + " FROM (SELECT %s AS bin, y, train FROM picked) GROUP BY bin")
            .formatted(bin(i));
    String shares =
        "SELECT coalesce(yes / nullif(n, 0), (SELECT avg(CAST(y AS INTEGER)) FROM picked WHERE"
            + " train)) AS share, sum(pos) AS pos, sum(neg) AS neg FROM ("
            + bins
            + ") GROUP BY share";
    return ("SELECT %d, sum(pos * (below + neg / 2)) / nullif(sum(pos) * sum(neg), 0),"
            + " 2 * least(sum(pos), sum(neg)), sum(pos + neg) FROM (SELECT pos, neg,"
            + " sum(neg) OVER (ORDER BY share) - neg AS below FROM (%s))")
        .formatted(i, shares);
  }

  private String balancedAccuracy(int i) {
    String cells =
        ("SELECT bin, y, count(*) FILTER (WHERE train) AS t, count(*) FILTER (WHERE NOT train) AS v"
                + " FROM (SELECT %s AS bin, y, train FROM picked) GROUP BY bin, y")
            .formatted(bin(i));
    String shares =
        "SELECT bin, y, v, t / nullif(sum(t) OVER (PARTITION BY y), 0) AS share FROM ("
            + cells
            + ")";
    String told =
        "SELECT y, v, CASE WHEN share > 0 AND row_number() OVER (PARTITION BY bin ORDER BY share"
            + " DESC NULLS LAST, y) = 1 THEN v ELSE 0 END AS hit FROM ("
            + shares
            + ")";
    return ("SELECT %d, avg(hits / n), count(*) * min(n), sum(n) FROM (SELECT sum(hit) AS hits,"
            + " sum(v) AS n FROM (%s) GROUP BY y HAVING sum(v) > 0) HAVING count(*) > 1")
        .formatted(i, told);
  }

  private String explainedVariance(int i) {
    String centred =
        "SELECT %s AS bin, CAST(y AS DOUBLE) - (SELECT avg(y) FROM picked WHERE train) AS z, train FROM picked"
            .formatted(bin(i));
    String bins =
        "SELECT coalesce(avg(z) FILTER (WHERE train), 0) AS said, count(*) FILTER (WHERE NOT train)"
            + " AS n, coalesce(sum(z) FILTER (WHERE NOT train), 0) AS s, coalesce(sum(z * z)"
            + " FILTER (WHERE NOT train), 0) AS ss FROM ("
            + centred
            + ") GROUP BY bin";
    String byBins =
        "1 - sum(ss - 2 * said * s + said * said * n) / nullif(sum(ss) - sum(s) * sum(s) /"
            + " nullif(sum(n), 0), 0)";
    return "SELECT %d, greatest(0, %s, %s), sum(n), sum(n) FROM (%s)"
        .formatted(i, byBins, byLine(i), bins);
  }

  /**
   * Of few bins the outermost are too wide for a skewed feature; a line may fit it all the same.
   */
  private String byLine(int i) {
    if (!Columns.isNumber(features.get(i).type())) {
      return "0";
    }
    return "coalesce((SELECT CASE WHEN isfinite(r) THEN r * r END FROM (SELECT corr(CAST(f%d AS DOUBLE), CAST(y AS DOUBLE)) AS r FROM picked WHERE NOT train)), 0)"
        .formatted(i);
  }
}
