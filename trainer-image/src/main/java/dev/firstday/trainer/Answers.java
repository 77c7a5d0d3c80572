package dev.firstday.trainer;

import dev.firstday.api.DatasetStatus;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.RetentionState;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Evaluation.Score;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes an answer fit into a termination message, by leaving out what tells least. */
final class Answers {
  private static final int LONGEST_LINE = 300;

  private Answers() {}

  static String write(RunResult result) {
    RunResult fitting = result;
    while (!fits(fitting)) {
      fitting = shorter(fitting);
    }
    return Contract.write(fitting);
  }

  private static boolean fits(RunResult result) {
    return Contract.write(result).getBytes(StandardCharsets.UTF_8).length <= RunResult.MAX_BYTES;
  }

  private static RunResult shorter(RunResult result) {
    if (result instanceof RunResult.Failure failure) {
      return new RunResult.Failure(
          failure.uid(), failure.reason(), shorterText(failure.message()), failure.cure());
    }
    if (result instanceof RunResult.Snapshot snapshot) {
      return snapshot.checks() == null || isShortest(snapshot.checks())
          ? new RunResult.Snapshot(
              snapshot.uid(),
              snapshot.version(),
              snapshot.checks(),
              shorterRetention(snapshot.retention()))
          : new RunResult.Snapshot(
              snapshot.uid(),
              snapshot.version(),
              shorterChecks(snapshot.checks()),
              snapshot.retention());
    }
    if (result instanceof RunResult.Train train) {
      var training = train.training();
      ModelVersion version = training.version();
      if (version != null && version.evaluation() != null) {
        return with(train, version.with(version.evaluation().shorter()));
      }
      return new RunResult.Train(
          train.uid(),
          new TrainingJobStatus.Result(
              training.headline(),
              training.baselineHeadline(),
              training.metrics(),
              shorterList(training.failedGates()),
              training.epochs(),
              training.bestEpoch(),
              training.version()));
    }
    if (result instanceof RunResult.Inventory inventory) {
      return new RunResult.Inventory(
          inventory.uid(),
          inventory.count(),
          shorterVersions(inventory.versions()),
          inventory.marked());
    }
    if (result instanceof RunResult.Evaluation evaluation) {
      return new RunResult.Evaluation(evaluation.uid(), shorterScores(evaluation.scores()));
    }
    if (result instanceof RunResult.Reproduction reproduction) {
      return new RunResult.Reproduction(
          reproduction.uid(),
          reproduction.digest(),
          reproduction.verdict(),
          shorterText(reproduction.message()));
    }
    throw new IllegalArgumentException("no way to shorten " + result);
  }

  private static RunResult with(RunResult.Train train, ModelVersion version) {
    var training = train.training();
    return new RunResult.Train(
        train.uid(),
        new TrainingJobStatus.Result(
            training.headline(),
            training.baselineHeadline(),
            training.metrics(),
            training.failedGates(),
            training.epochs(),
            training.bestEpoch(),
            version));
  }

  private static boolean isShortest(DatasetStatus.Checks checks) {
    return isEmpty(checks.outcomes()) && isEmpty(checks.failures());
  }

  private static boolean isEmpty(List<?> list) {
    return list == null || list.isEmpty();
  }

  /** Of each list the older half goes; the bytes stay right. */
  private static RetentionState shorterRetention(RetentionState retention) {
    if (retention == null) {
      throw new IllegalArgumentException("nothing left to leave out");
    }
    return new RetentionState(
        newerHalf(retention.marked()),
        newerHalf(retention.deleted()),
        newerHalf(retention.wouldMark()),
        newerHalf(retention.wouldDelete()),
        retention.bytes(),
        retention.nextAt());
  }

  private static List<Integer> newerHalf(List<Integer> numbers) {
    return isEmpty(numbers) ? numbers : numbers.subList((numbers.size() + 1) / 2, numbers.size());
  }

  /** First the outcomes go, the last one first, since the failures say what matters of them. */
  private static DatasetStatus.Checks shorterChecks(DatasetStatus.Checks checks) {
    List<DatasetStatus.Outcome> outcomes = checks.outcomes();
    boolean hasOutcomes = !isEmpty(outcomes);
    return new DatasetStatus.Checks(
        checks.summary(),
        checks.passed(),
        checks.failed(),
        checks.warnings(),
        checks.skipped(),
        hasOutcomes ? checks.failures() : shorterList(checks.failures()),
        checks.version(),
        checks.checkedAt(),
        checks.result(),
        hasOutcomes ? outcomes.subList(0, outcomes.size() - 1) : outcomes);
  }

  /**
   * Without an eighth in its middle: what comes first names the place, what comes last the cure.
   */
  private static String shorterText(String text) {
    int cut = Math.max(4, text.length() / 8);
    int from = (text.length() - cut) / 2;
    return text.substring(0, from) + "..." + text.substring(from + cut);
  }

  /** First every line is cut, then the last ones go. */
  private static List<String> shorterList(List<String> lines) {
    if (lines == null || lines.isEmpty()) {
      throw new IllegalArgumentException("nothing left to leave out");
    }
    List<String> cut =
        lines.stream()
            .map(l -> l.length() > LONGEST_LINE ? l.substring(0, LONGEST_LINE) + "..." : l)
            .toList();
    return cut.equals(lines) ? lines.subList(0, lines.size() - 1) : cut;
  }

  /**
   * The oldest version that has more than its metrics loses that; when none has, the oldest that
   * has metrics loses them; when none has, the oldest goes.
   */
  private static List<ModelVersion> shorterVersions(List<ModelVersion> versions) {
    List<ModelVersion> shorter = new ArrayList<>(versions);
    for (int i = shorter.size() - 1; i >= 0; i--) {
      if (shorter.get(i).evaluation() != null) {
        shorter.set(i, shorter.get(i).with(null));
        return shorter;
      }
    }
    for (int i = shorter.size() - 1; i >= 0; i--) {
      if (shorter.get(i).metrics() != null) {
        shorter.set(i, withoutMetrics(shorter.get(i)));
        return shorter;
      }
    }
    shorter.remove(shorter.size() - 1);
    return shorter;
  }

  /** The longest message loses a part; what was found stays. */
  private static List<Score> shorterScores(List<Score> scores) {
    Score longest =
        scores.stream()
            .filter(score -> score.message() != null)
            .max(Comparator.comparingInt(score -> score.message().length()))
            .orElseThrow(() -> new IllegalArgumentException("nothing left to leave out"));
    return scores.stream()
        .map(
            score ->
                score == longest
                    ? new Score(
                        score.number(),
                        score.digest(),
                        score.metrics(),
                        score.fault(),
                        shorterText(score.message()))
                    : score)
        .toList();
  }

  private static ModelVersion withoutMetrics(ModelVersion version) {
    return new ModelVersion(
        version.number(),
        version.digest(),
        version.dataset(),
        version.trainDigest(),
        version.validationDigest(),
        version.codeDigest(),
        version.headline(),
        version.baselineHeadline(),
        null,
        null,
        version.runUid(),
        version.recordedAt());
  }
}
