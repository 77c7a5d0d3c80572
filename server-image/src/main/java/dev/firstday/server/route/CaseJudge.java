package dev.firstday.server.route;

import static dev.firstday.server.route.CaseAnswer.without;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.api.GoldenCase.Expectation;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Names;
import dev.firstday.server.route.CaseAnswer.Kind;
import dev.firstday.server.v2.InferResponse;
import dev.firstday.server.v2.ModelMetadata;
import dev.firstday.server.v2.Tensor;
import dev.firstday.server.v2.Values;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds one version's answer against what a golden case expects.
 *
 * @param label name of the output that is the answer itself
 * @param labels the names of several labels that are yes or no each; empty where there is one
 * @param isNumber whether that is a number, rather than a class
 */
record CaseJudge(Expectation expect, String label, List<String> labels, boolean isNumber) {
  private static final int LONGEST_WORDS = 300;
  private static final MathContext TOLD = new MathContext(6);

  /**
   * @param version what the version that answers are compared with says of itself
   */
  static CaseJudge of(ModelMetadata version, Expectation expect) {
    return new CaseJudge(
        expect,
        version.properties().get(ModelMetadata.Property.LABEL),
        version.labels(),
        version.properties().containsKey(ModelMetadata.Property.LABEL_STD));
  }

  /** What is expected, as {@code probability at most 0.4}. */
  String words() {
    List<String> words = new ArrayList<>();
    if (expect.label() != null) {
      words.addAll(CaseLabels.words(label, expect.label()));
    }
    if (expect.min() != null) {
      words.add("%s at least %s".formatted(numberName(), told(expect.min())));
    }
    if (expect.max() != null) {
      words.add("%s at most %s".formatted(numberName(), told(expect.max())));
    }
    if (expect.above() != null) {
      words.add("%s above that of %s".formatted(numberName(), expect.above()));
    }
    return cut(String.join(", ", words));
  }

  /**
   * @param earlier the same version's numbers of the cases before, by name
   */
  CaseAnswer judge(Outcome outcome, Map<String, Double> earlier) {
    if (!outcome.good()) {
      return without(outcome.failed() ? Kind.SILENT : Kind.UNFIT, refusal(outcome));
    }
    return Judge.read(outcome)
        .map(read -> judge(read, earlier))
        .orElseGet(
            () ->
                without(Kind.WRONG, "an answer that is not finite, not complete or not readable"));
  }

  /** The same, of an answer that has not gone over a network. */
  CaseAnswer judge(InferResponse read, Map<String, Double> earlier) {
    Optional<Tensor> given = output(read, label);
    if (given.isEmpty()) {
      return without(Kind.UNFIT, "no output " + label);
    }
    double number = number(read);
    String words = words(given.get(), number);
    return misfit(given.get(), number, earlier)
        .map(why -> new CaseAnswer(Kind.UNFIT, words + ": " + why, number))
        .orElseGet(() -> new CaseAnswer(kind(given.get(), number, earlier), words, number));
  }

  private Kind kind(Tensor given, double number, Map<String, Double> earlier) {
    boolean met =
        (expect.label() == null || isMet(given))
            && (expect.min() == null || number >= expect.min())
            && (expect.max() == null || number <= expect.max())
            && (expect.above() == null || number > earlier.get(expect.above()));
    return met ? Kind.MET : Kind.WRONG;
  }

  private boolean isMet(Tensor given) {
    return labels.isEmpty()
        ? expect.label().asText().equals(given.element(0).toString())
        : CaseLabels.areMet(labels, expect.label(), given);
  }

  /** Why no answer of this kind could be what is expected. */
  private Optional<String> misfit(Tensor given, double number, Map<String, Double> earlier) {
    JsonNode wanted = expect.label();
    boolean aboutNumber = expect.min() != null || expect.max() != null || expect.above() != null;
    if (!labels.isEmpty()) {
      return CaseLabels.misfit(labels, wanted, aboutNumber, given);
    }
    if (wanted != null && given.values() instanceof Values.Booleans && !wanted.isBoolean()) {
      return Optional.of("%s is true or false, and not %s".formatted(label, wanted));
    }
    if (wanted != null && given.values() instanceof Values.Texts && !wanted.isTextual()) {
      return Optional.of("%s is a text, and not %s".formatted(label, wanted));
    }
    if (wanted != null && given.values() instanceof Values.Floats) {
      return Optional.of(label + " is a number: expect min and max instead of label");
    }
    if (aboutNumber && Double.isNaN(number)) {
      return Optional.of("it has no " + numberName());
    }
    return expect.above() != null && !hasNumber(earlier, expect.above())
        ? Optional.of(
            "no case %s that has a number stands before it%s"
                .formatted(expect.above(), Names.hint(expect.above(), others(earlier))))
        : Optional.empty();
  }

  /** A case that could not be answered has none: what is above it cannot be told either. */
  private static boolean hasNumber(Map<String, Double> earlier, String name) {
    return !Double.isNaN(earlier.getOrDefault(name, Double.NaN));
  }

  /** It is no hint that a name was meant that is there, and has no number. */
  private Set<String> others(Map<String, Double> earlier) {
    return earlier.containsKey(expect.above()) ? Set.of() : earlier.keySet();
  }

  /**
   * The number itself, or the probability of yes, or that of the class that is answered; several
   * labels have none.
   */
  private double number(InferResponse response) {
    if (!labels.isEmpty()) {
      return Double.NaN;
    }
    return response.outputs().stream()
        .filter(output -> output.values() instanceof Values.Floats)
        .filter(output -> isNumber == output.name().equals(label))
        .mapToDouble(CaseJudge::greatest)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static double greatest(Tensor output) {
    double greatest = (double) output.element(0);
    for (int i = 1; i < output.rowLength(); i++) {
      greatest = Math.max(greatest, (double) output.element(i));
    }
    return greatest;
  }

  private String words(Tensor given, double number) {
    if (!labels.isEmpty()) {
      return cut(CaseLabels.words(label, labels, given));
    }
    return isNumber || Double.isNaN(number)
        ? cut("%s %s".formatted(label, isNumber ? told(number) : given.element(0)))
        : cut("%s %s, probability %s".formatted(label, given.element(0), told(number)));
  }

  private String numberName() {
    return isNumber ? label : "probability";
  }

  private static Optional<Tensor> output(InferResponse response, String name) {
    return response.outputs().stream()
        .filter(output -> output.name().equals(name) && output.rows() == 1)
        .findFirst();
  }

  /** What a version says where it gives no answer. */
  private static String refusal(Outcome outcome) {
    if (!(outcome instanceof Outcome.Answered answered)) {
      return cut("no answer: " + ((Outcome.Unreachable) outcome).message());
    }
    return cut("status %d%s".formatted(answered.status(), message(answered)));
  }

  private static String message(Outcome.Answered answered) {
    try {
      String error =
          Contract.read(answered.body().toString(StandardCharsets.UTF_8), JsonNode.class)
              .path("error")
              .asText();
      return error.isEmpty() ? "" : ": " + error;
    } catch (IllegalArgumentException e) {
      return ""; // whose error is not the protocol's has nothing to say but its status
    }
  }

  private static String told(double number) {
    return Double.isFinite(number)
        ? new BigDecimal(number).round(TOLD).stripTrailingZeros().toPlainString()
        : String.valueOf(number);
  }

  private static String cut(String words) {
    return words.length() > LONGEST_WORDS ? words.substring(0, LONGEST_WORDS) + "..." : words;
  }
}
