package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the answers of two versions to the same rows are distributed: by class; where the label is a
 * number, by how many are at least so much; where there are several labels, by each of the first
 * {@value #CLASSES} that a row may have.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AnswerShares(
    @JsonPropertyDescription("Rows that both versions gave the label for.") long rows,
    @JsonPropertyDescription("By class, by label, or by number: >= 15.0.")
        Map<String, Share> shares) {
  public static final AnswerShares NONE = new AnswerShares(0, Map.of());

  /** The check that looks at them. */
  public static final String CHECK = "distribution";

  /** Classes that are told apart; {@value PairCheck#OTHER} stands for the rest. */
  public static final int CLASSES = 20;

  public AnswerShares {
    shares = shares == null ? Map.of() : Map.copyOf(shares);
  }

  /** Of how many rows a version gave an answer. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Share(
      @JsonPropertyDescription("Rows that the stable version gave this answer.") long stable,
      @JsonPropertyDescription("Rows that the candidate gave this answer.") long candidate,
      @JsonPropertyDescription("Rows that the candidate alone gave this answer.") long gained,
      @JsonPropertyDescription("Ids of the newest requests that one version alone gave it.")
          List<String> examples) {
    public static final Share NONE = new Share(0, 0, 0);

    public Share {
      examples = examples == null ? List.of() : List.copyOf(examples);
    }

    /** Without examples. */
    public Share(long stable, long candidate, long gained) {
      this(stable, candidate, gained, List.of());
    }

    /** The same with other examples. */
    public Share withExamples(List<String> others) {
      return new Share(stable, candidate, gained, others);
    }

    /** Rows that the stable version alone gave this answer. */
    public long lost() {
      return gained - candidate + stable;
    }

    /** Both together; the other's examples are the newer ones. */
    public Share plus(Share other) {
      return new Share(
          stable + other.stable,
          candidate + other.candidate,
          gained + other.gained,
          Comparison.newest(other.examples, examples));
    }
  }

  public AnswerShares plus(AnswerShares other) {
    Map<String, Share> sum = new TreeMap<>(shares);
    other.shares.forEach((answer, share) -> sum.merge(answer, share, Share::plus));
    return new AnswerShares(rows + other.rows, sum);
  }
}
