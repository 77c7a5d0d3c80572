package dev.firstday.server.route;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.server.v2.ProtocolException;
import dev.firstday.server.v2.Tensor;
import dev.firstday.server.v2.Values;
import java.util.List;

/** Two versions' answers to one request, no more of them than a true label is held against. */
record LabelPair(Tensor stable, Tensor candidate) {
  /** Of a request that was answered without labels. */
  static final LabelPair NONE =
      new LabelPair(Tensor.booleans("", new boolean[0]), Tensor.booleans("", new boolean[0]));

  int rows() {
    return stable.rows();
  }

  /**
   * Holds both answers against the truth.
   *
   * @param truth a label each row, in the request's order; null where it is not known
   * @throws ProtocolException 400 when the labels are not as many as the rows, or one is not of the
   *     label's kind
   */
  Truth heldAgainst(List<JsonNode> truth) {
    if (truth.size() != rows()) {
      throw ProtocolException.badRequest(
          "labels: %d are given, the request has %s; send one a row, null where it is not known"
              .formatted(truth.size(), rows() == 1 ? "1 row" : rows() + " rows"));
    }
    int stableAlone = 0;
    int candidateAlone = 0;
    for (int row = 0; row < rows(); row++) {
      JsonNode label = truth.get(row);
      if (!label.isNull()) {
        int better =
            stable.values() instanceof Values.Floats
                ? nearer(row, label)
                : stable.rowLength() > 1 ? fewerWrong(row, label) : same(row, label);
        stableAlone += better > 0 ? 1 : 0;
        candidateAlone += better < 0 ? 1 : 0;
      }
    }
    return new Truth(rows(), stableAlone, candidateAlone);
  }

  /** Above 0 where stable is nearer to a number, below where the candidate is. */
  private int nearer(int row, JsonNode label) {
    double truth = label.doubleValue();
    if (!label.isNumber() || !Double.isFinite(truth)) {
      throw wrongKind(row, label, "a number");
    }
    return Double.compare(
        Math.abs((double) candidate.element(row) - truth),
        Math.abs((double) stable.element(row) - truth));
  }

  /** Above 0 where stable alone names the class, below where the candidate alone does. */
  private int same(int row, JsonNode label) {
    boolean twoClasses = stable.values() instanceof Values.Booleans;
    String truth = label.asText();
    if (!label.isValueNode() || twoClasses && !truth.equals("true") && !truth.equals("false")) {
      throw wrongKind(row, label, twoClasses ? "true or false" : "the name of a class");
    }
    return Boolean.compare(
        truth.equals(String.valueOf(stable.element(row))),
        truth.equals(String.valueOf(candidate.element(row))));
  }

  /** Above 0 where stable has fewer of several labels wrong, below where the candidate has. */
  private int fewerWrong(int row, JsonNode truth) {
    int length = stable.rowLength();
    if (truth.size() != length || !truth.isArray()) {
      throw wrongKind(row, truth, "an array of %d times true or false".formatted(length));
    }
    int better = 0;
    for (int i = 0; i < length; i++) {
      if (!truth.get(i).isBoolean()) {
        throw wrongKind(row, truth, "an array of %d times true or false".formatted(length));
      }
      boolean yes = truth.get(i).booleanValue();
      better += (boolean) stable.element(row * length + i) == yes ? 1 : 0;
      better -= (boolean) candidate.element(row * length + i) == yes ? 1 : 0;
    }
    return better;
  }

  private ProtocolException wrongKind(int row, JsonNode label, String wanted) {
    return ProtocolException.badRequest(
        "labels[%d]: %s; '%s' is %s".formatted(row, label, stable.name(), wanted));
  }

  /**
   * Who was right.
   *
   * @param rows of the request
   * @param stableAlone rows that only the stable version had right, or nearer, or with fewer of
   *     several labels wrong
   * @param candidateAlone the same of the candidate
   */
  record Truth(int rows, int stableAlone, int candidateAlone) {
    /** Of labels that came before. */
    static final Truth NONE = new Truth(0, 0, 0);

    /** Rows that tell the versions apart. */
    int telling() {
      return stableAlone + candidateAlone;
    }
  }
}
