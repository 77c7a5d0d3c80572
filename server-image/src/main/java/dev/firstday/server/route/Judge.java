package dev.firstday.server.route;

import dev.firstday.contract.Routes;
import dev.firstday.server.v2.InferResponse;
import dev.firstday.server.v2.ModelMetadata;
import dev.firstday.server.v2.ProtocolException;
import dev.firstday.server.v2.Tensor;
import dev.firstday.server.v2.V2;
import dev.firstday.server.v2.Values;

/**
 * Compares two versions' answers to one request.
 *
 * <p>Rows disagree when their class differs: that of the label's output, or, where the caller left
 * it out, the more probable one. Labels that are numbers disagree when they are further apart than
 * {@code tolerance}.
 *
 * @param label name of the output that is the answer itself
 * @param tolerance greatest difference of two numbers that agree, in the label's unit; NaN where
 *     the label is a class
 */
record Judge(String label, double tolerance) {
  private static final double DEFAULT_SCORE_TOLERANCE = 0.5;

  /**
   * @param stable what the stable version says of itself
   */
  static Judge of(ModelMetadata stable, Routes routes) {
    var properties = stable.properties();
    String std = properties.get(ModelMetadata.Property.LABEL_STD);
    Double share = routes.checks() == null ? null : routes.checks().scoreTolerance();
    return new Judge(
        properties.get(ModelMetadata.Property.LABEL),
        std == null
            ? Double.NaN
            : Double.parseDouble(std) * (share == null ? DEFAULT_SCORE_TOLERANCE : share));
  }

  /**
   * What a pair of outcomes says.
   *
   * @param counted false when the pair says nothing about the candidate: the request was refused by
   *     both, or stable failed too
   */
  record Verdict(
      boolean counted, boolean stableError, boolean candidateError, int rows, int disagreements) {
    static final Verdict NOTHING = new Verdict(false, false, false, 0, 0);
    static final Verdict STABLE_ERROR = new Verdict(false, true, false, 0, 0);
    static final Verdict CANDIDATE_ERROR = new Verdict(true, false, true, 0, 0);
  }

  Verdict compare(Outcome stable, Outcome candidate) {
    if (stable.failed()) {
      return Verdict.STABLE_ERROR;
    }
    if (!stable.good()) {
      return candidate.failed() ? Verdict.CANDIDATE_ERROR : Verdict.NOTHING;
    }
    InferResponse expected;
    try {
      expected = read(stable);
    } catch (ProtocolException e) {
      return Verdict.STABLE_ERROR;
    }
    if (!finite(expected)) {
      return Verdict.STABLE_ERROR;
    }
    try {
      return candidate.good() ? compare(expected, read(candidate)) : Verdict.CANDIDATE_ERROR;
    } catch (ProtocolException e) {
      return Verdict.CANDIDATE_ERROR;
    }
  }

  /** Whether the answer is one that a caller can use: readable, every number finite. */
  static boolean usable(Outcome outcome) {
    try {
      return outcome.good() && finite(read(outcome));
    } catch (ProtocolException e) {
      return false;
    }
  }

  /** Rows of a usable answer. */
  static int rows(Outcome outcome) {
    return read(outcome).outputs().stream().mapToInt(Tensor::rows).max().orElse(0);
  }

  private Verdict compare(InferResponse stable, InferResponse candidate) {
    if (!finite(candidate)) {
      return Verdict.CANDIDATE_ERROR;
    }
    int rows = 0;
    int disagreements = 0;
    boolean labelled = stable.outputs().stream().anyMatch(o -> o.name().equals(label));
    for (Tensor expected : stable.outputs()) {
      Tensor given =
          candidate.outputs().stream()
              .filter(o -> o.name().equals(expected.name()))
              .findFirst()
              .orElse(null);
      if (given == null || !comparable(expected, given)) {
        return Verdict.CANDIDATE_ERROR;
      }
      if (expected.name().equals(label) || !labelled) {
        rows = expected.rows();
        disagreements = disagreements(expected, given);
      }
    }
    return new Verdict(true, false, false, rows, disagreements);
  }

  /** Rows may differ in length: a new version may know more classes. */
  private static boolean comparable(Tensor stable, Tensor candidate) {
    return stable.rows() == candidate.rows()
        && candidate.rowLength() > 0
        && stable.values().getClass() == candidate.values().getClass();
  }

  private int disagreements(Tensor stable, Tensor candidate) {
    int count = 0;
    for (int row = 0; row < stable.rows(); row++) {
      if (!agree(stable, candidate, row)) {
        count++;
      }
    }
    return count;
  }

  private boolean agree(Tensor stable, Tensor candidate, int row) {
    if (!(stable.values() instanceof Values.Floats)) {
      return stable.element(row).equals(candidate.element(row));
    }
    if (stable.name().equals(label)) {
      return Math.abs((double) stable.element(row) - (double) candidate.element(row)) <= tolerance;
    }
    return mostProbable(stable, row) == mostProbable(candidate, row);
  }

  /**
   * The class that a row of probabilities names; a single one is that of the second class of two.
   */
  private static int mostProbable(Tensor probabilities, int row) {
    int classes = probabilities.rowLength();
    if (classes == 1) {
      return (double) probabilities.element(row) >= 0.5 ? 1 : 0;
    }
    int best = 0;
    for (int i = 1; i < classes; i++) {
      if ((double) probabilities.element(row * classes + i)
          > (double) probabilities.element(row * classes + best)) {
        best = i;
      }
    }
    return best;
  }

  private static boolean finite(InferResponse response) {
    return response.outputs().stream().allMatch(Judge::finite);
  }

  private static boolean finite(Tensor output) {
    if (!output.missing().isEmpty()) {
      return false;
    }
    if (output.values() instanceof Values.Floats floats) {
      for (double element : floats.elements()) {
        if (!Double.isFinite(element)) {
          return false;
        }
      }
    }
    return true;
  }

  private static InferResponse read(Outcome outcome) {
    if (!(outcome instanceof Outcome.Answered answered) || !answered.comparable()) {
      throw ProtocolException.badRequest("the answer is none of the protocol");
    }
    return V2.readResponse(answered.body().getBytes(), answered.jsonLength());
  }
}
