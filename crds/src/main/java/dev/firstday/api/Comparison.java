package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Counts of pairs: one request, answered by the stable version and by the candidate. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Comparison(
    @JsonPropertyDescription(
            "True when the golden or captured requests are through; live comparison never is.")
        boolean done,
    @JsonPropertyDescription("Requests that both versions were sent, and that say something.")
        long requests,
    @JsonPropertyDescription("Requests that the stable version failed and the candidate did not.")
        long stableErrors,
    @JsonPropertyDescription("What was bad among them, by the name of the check.")
        Map<String, Tally> checks,
    @JsonPropertyDescription("How often each version gave which answer.") AnswerShares answers) {
  public static final Comparison NONE = new Comparison(false, 0, 0, Map.of());

  public Comparison {
    checks = checks == null ? Map.of() : Map.copyOf(checks);
    answers = answers == null ? AnswerShares.NONE : answers;
  }

  /** Nothing is known of the answers themselves. */
  public Comparison(boolean done, long requests, long stableErrors, Map<String, Tally> checks) {
    this(done, requests, stableErrors, checks, AnswerShares.NONE);
  }

  /** The same with other tallies. */
  public Comparison withChecks(Map<String, Tally> others) {
    return with(others, answers);
  }

  /** The same with other tallies, and other answers. */
  public Comparison with(Map<String, Tally> others, AnswerShares otherAnswers) {
    return new Comparison(done, requests, stableErrors, others, otherAnswers);
  }

  /** As many ids as are kept, each once, those of the newer list first. */
  public static List<String> newest(List<String> newer, List<String> older) {
    return Stream.concat(newer.stream(), older.stream()).distinct().limit(Tally.EXAMPLES).toList();
  }

  /** What a check counted. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Tally(
      @JsonPropertyDescription("Requests, or rows, that were judged.") long compared,
      @JsonPropertyDescription("How many of them were bad.") long bad,
      @JsonPropertyDescription("Ids of the newest bad requests.") List<String> examples) {
    /** Examples that are kept. */
    public static final int EXAMPLES = 5;

    public static final Tally NONE = new Tally(0, 0, List.of());

    public Tally {
      examples = examples == null ? List.of() : List.copyOf(examples);
    }

    /** The same with other examples. */
    public Tally withExamples(List<String> others) {
      return new Tally(compared, bad, others);
    }

    /** Both together; the other's examples are the newer ones. */
    public Tally plus(Tally other) {
      return new Tally(
          compared + other.compared, bad + other.bad, newest(other.examples, examples));
    }
  }

  /** What the check of that name counted; a check that counted nothing yet has no tally. */
  public Tally tally(String check) {
    return checks.getOrDefault(check, Tally.NONE);
  }

  /** Both counts together: two routers, or golden and live. */
  public Comparison plus(Comparison other) {
    Map<String, Tally> sum = new TreeMap<>(checks);
    other.checks.forEach((name, tally) -> sum.merge(name, tally, Tally::plus));
    return new Comparison(
        done && other.done,
        requests + other.requests,
        stableErrors + other.stableErrors,
        sum,
        answers.plus(other.answers));
  }
}
