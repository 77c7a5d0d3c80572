package dev.firstday.operator.deployment.canary;

import dev.firstday.api.AnswerShares;
import dev.firstday.api.AnswerShares.Share;
import dev.firstday.api.ModelDeploymentSpec.Action;
import dev.firstday.api.ModelDeploymentStatus.CheckState;
import dev.firstday.api.PairCheck;
import dev.firstday.operator.deployment.canary.BernoulliTest.Interval;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether the candidate gives each answer as often as the stable version, judged on the rows that
 * both answered.
 *
 * <p>Of the rows that one version alone gave an answer, half are the candidate's as long as both
 * give it equally often (McNemar). So each answer's share has a {@link BernoulliTest} at one half
 * in both directions, with the risk divided by their number (Bonferroni): as long as no share
 * changes, the probability of ever being told of a change is at most that risk, however many rows
 * there are and however often one looks. Where a label has many classes, those that few rows have
 * are one; what moves between them then counts once in each direction, which only weakens the
 * evidence.
 *
 * <p>With enough rows any change can be proven; one of fewer than {@code points} is not told. That
 * no share changed by so much is proven when neither the rows won nor those lost are so many.
 *
 * @param answer whose share is told: that which changed most, of those that are proven if there is
 *     one
 * @param points a smaller change is none, as a share of all rows
 * @param evidence share of what a verdict needs, of that answer; 1 and more: its share changed
 */
public record DistributionResult(
    String answer, Share share, long rows, double points, Verdict verdict, double evidence)
    implements Finding {
  private static final int ANSWERS = AnswerShares.CLASSES + 1;
  private static final double HALF = 0.5;

  /** Both bounds of both rates, of each answer: the one that is told was chosen among them. */
  private static final double INTERVAL_RISK = 0.05 / (4 * ANSWERS);

  /**
   * @param answers of one row at least
   * @param risk probability of ever telling of a change where there is none
   * @param passRisk probability of ever saying Pass where a share changed by more than points
   */
  static DistributionResult of(AnswerShares answers, double points, double risk, double passRisk) {
    Map<String, Share> folded = fold(answers.shares());
    var change = new BernoulliTest(HALF, risk / (2 * ANSWERS), risk / (2 * ANSWERS));
    var small = new BernoulliTest(points, passRisk, passRisk);
    List<DistributionResult> each =
        folded.entrySet().stream()
            .map(e -> of(e.getKey(), e.getValue(), answers.rows(), points, change, small))
            .sorted(
                Comparator.comparing((DistributionResult r) -> r.verdict == Verdict.FAIL)
                    .thenComparing(r -> Math.abs(r.moved()))
                    .reversed())
            .toList();
    DistributionResult worst = each.get(0);
    boolean open = each.stream().anyMatch(r -> r.verdict == Verdict.UNDECIDED);
    return worst.verdict == Verdict.PASS && open ? worst.as(Verdict.UNDECIDED) : worst;
  }

  private static DistributionResult of(
      String answer,
      Share share,
      long rows,
      double points,
      BernoulliTest change,
      BernoulliTest small) {
    long differing = share.gained() + share.lost();
    boolean changed = change.judge(share.gained(), differing) != Verdict.UNDECIDED;
    boolean large = Math.abs(share.candidate() - share.stable()) >= points * rows;
    boolean still = small.judge(Math.max(share.gained(), share.lost()), rows) == Verdict.PASS;
    Verdict verdict = changed && large ? Verdict.FAIL : still ? Verdict.PASS : Verdict.UNDECIDED;
    double evidence = Math.abs(change.evidence(share.gained(), differing));
    return new DistributionResult(
        answer, share, rows, points, verdict, large ? evidence : Math.min(evidence, HALF));
  }

  private DistributionResult as(Verdict other) {
    return new DistributionResult(answer, share, rows, points, other, evidence);
  }

  /** Routers tell apart the classes that they met first: those with the fewest rows go together. */
  private static Map<String, Share> fold(Map<String, Share> shares) {
    Map<String, Share> folded = new TreeMap<>(shares);
    shares.entrySet().stream()
        .filter(e -> !e.getKey().equals(PairCheck.OTHER))
        .sorted(
            Comparator.comparingLong(
                    (Map.Entry<String, Share> e) ->
                        e.getValue().stable() + e.getValue().candidate())
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .skip(AnswerShares.CLASSES)
        .forEach(e -> folded.merge(PairCheck.OTHER, folded.remove(e.getKey()), Share::plus));
    return folded;
  }

  /** Rows by which the candidate gives the answer oftener. */
  private long moved() {
    return share.candidate() - share.stable();
  }

  @Override
  public boolean stops() {
    return false;
  }

  @Override
  public boolean allows() {
    return true;
  }

  @Override
  public String reason() {
    return "DistributionChanged";
  }

  @Override
  public List<String> examples() {
    return share.examples();
  }

  @Override
  public String evidenceInWords() {
    return String.format(
        Locale.ROOT,
        "%s: '%s' is %.1f %% of the stable version's answers and %.1f %% of the candidate's, of %,d rows",
        AnswerShares.CHECK,
        answer,
        100.0 * share.stable() / rows,
        100.0 * share.candidate() / rows,
        rows);
  }

  @Override
  public String outlook() {
    return "";
  }

  @Override
  public CheckState state(Traffic traffic) {
    Interval moved = movedBy();
    return new CheckState(
        AnswerShares.CHECK,
        verdict.word(),
        Action.WARN,
        null,
        rows,
        Math.abs(moved()),
        percent((double) Math.abs(moved()) / rows),
        percent(moved.low()),
        percent(moved.high()),
        percent(points),
        percent(verdict == Verdict.PASS ? -1 : Math.min(1, evidence)),
        null,
        null,
        examples().isEmpty() ? null : examples(),
        evidenceInWords());
  }

  /**
   * By which share of the rows the answer is given oftener or more rarely, with 95 % confidence
   * over all answers and however often one looks: what it won and what it lost have an interval
   * each.
   */
  private Interval movedBy() {
    Interval more = BernoulliTest.interval(share.gained(), rows, INTERVAL_RISK);
    Interval less = BernoulliTest.interval(share.lost(), rows, INTERVAL_RISK);
    double up = Math.max(0, more.high() - less.low());
    double down = Math.max(0, less.high() - more.low());
    double atLeast = Math.max(more.low() - less.high(), less.low() - more.high());
    return new Interval(Math.max(0, atLeast), Math.max(up, down));
  }

  private static double percent(double share) {
    return Math.round(share * 10_000) / 100.0;
  }
}
