package dev.firstday.trainer.check;

import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.api.DatasetSpec.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The score of that feature which alone says the most of the label: what knows all is not learnt
 * from, but copied from the label. Each feature's rule is made of the training split and judged on
 * the validation split, so that a feature which is different in every row knows nothing.
 *
 * @param keys by whose hash rows are picked; none: by that of the features
 * @param suspicious nobody asked, and this is the bound: then it gives way where there are too few
 *     rows to tell; null: somebody asked
 */
record FeatureScore(
    List<Column> features, Column label, List<String> keys, Scope scope, Double suspicious)
    implements Measure {
  /** Whole numbers of so few values are taken for names of classes. */
  private static final int MOST_CLASSES = 20;

  private static final int FEATURES_A_QUERY = 16;

  /** A feature that tells a class so well is a very good one; what is better is suspicious. */
  private static final double HONEST = 0.9;

  @Override
  public Step inquire(Subject subject) {
    FeatureScoreSql sql = new FeatureScoreSql(features, label, keys, scope, subject.table());
    return switch (label.type()) {
      case BOOLEAN -> ask(sql, FeatureScoreSql.Kind.AUC);
      case VARCHAR, DATE, TIMESTAMP -> ask(sql, FeatureScoreSql.Kind.BALANCED_ACCURACY);
      case DOUBLE -> ask(sql, FeatureScoreSql.Kind.EXPLAINED_VARIANCE);
      case INTEGER, BIGINT ->
          new Inquiry(
              List.of(new Question.Query(subject.table(), sql.labels())),
              answers ->
                  ask(
                      sql,
                      answers.get(0).count() <= MOST_CLASSES
                          ? FeatureScoreSql.Kind.BALANCED_ACCURACY
                          : FeatureScoreSql.Kind.EXPLAINED_VARIANCE));
    };
  }

  /** Whether more of a label than its class is to be said. */
  static boolean isAmount(Type label) {
    return Columns.isNumber(label);
  }

  private Inquiry ask(FeatureScoreSql sql, FeatureScoreSql.Kind kind) {
    List<Question> questions = new ArrayList<>();
    for (int from = 0; from < features.size(); from += FEATURES_A_QUERY) {
      int to = Math.min(features.size(), from + FEATURES_A_QUERY);
      questions.add(new Question.Query(sql.table(), sql.scores(from, to, kind)));
    }
    return new Inquiry(
        questions,
        answers -> best(answers.stream().flatMap(answer -> answer.rows().stream()).toList(), kind));
  }

  /**
   * @param rows of each feature: its place, its score, rows that the score is as sure as, rows
   */
  private Reading best(List<List<Object>> rows, FeatureScoreSql.Kind kind) {
    return rows.stream()
        .filter(row -> Answer.number(row.get(1)) != null)
        .map(row -> reading(row, kind))
        .max(
            Comparator.comparingDouble(
                reading ->
                    reading.value() - (reading.allowance() == null ? 0 : reading.allowance())))
        .orElseGet(() -> Reading.skipped("there are no labels of two kinds to tell apart"));
  }

  private Reading reading(List<Object> row, FeatureScoreSql.Kind kind) {
    Column feature = features.get(((Number) row.get(0)).intValue());
    Reading reading =
        Reading.of(Answer.number(row.get(1)), ((Number) row.get(3)).longValue())
            .about(List.of(feature.name()))
            .noting(kind.words() + " of " + feature.name() + " alone");
    return suspicious == null
        ? reading
        : reading.expecting(null, allowance(kind, ((Number) row.get(2)).doubleValue()));
  }

  /** What an honest feature may come to among so few rows. */
  private double allowance(FeatureScoreSql.Kind kind, double rows) {
    return switch (kind) {
      case AUC, BALANCED_ACCURACY -> Chance.shareAtMost(HONEST, rows);
      case EXPLAINED_VARIANCE -> Chance.varianceAtMost(suspicious, rows);
    };
  }
}
