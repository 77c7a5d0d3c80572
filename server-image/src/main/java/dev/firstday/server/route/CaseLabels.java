package dev.firstday.server.route;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.contract.Names;
import dev.firstday.server.v2.Tensor;
import dev.firstday.server.v2.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a golden case expects of several labels: true or false of some of them, by name. The answer
 * is a row of them, in the order of their names.
 */
final class CaseLabels {
  private CaseLabels() {}

  /**
   * What is expected, as {@code late = true}.
   *
   * @param label what to call it where there is one
   */
  static List<String> words(String label, JsonNode wanted) {
    if (!wanted.isObject()) {
      return List.of(label + " = " + wanted.asText());
    }
    List<String> words = new ArrayList<>();
    wanted.properties().forEach(one -> words.add(one.getKey() + " = " + one.getValue()));
    return words;
  }

  /** What is answered: the labels that the row has. */
  static String words(String label, List<String> labels, Tensor given) {
    if (!isRowOf(labels, given)) {
      return label + " of another kind";
    }
    List<String> said = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      if ((boolean) given.element(i)) {
        said.add(labels.get(i));
      }
    }
    return label + " " + (said.isEmpty() ? "none" : String.join(" and ", said));
  }

  /** Of an answer and an expectation that fit each other. */
  static boolean areMet(List<String> labels, JsonNode wanted, Tensor given) {
    return wanted.properties().stream()
        .allMatch(
            one -> given.element(labels.indexOf(one.getKey())).equals(one.getValue().asBoolean()));
  }

  /**
   * Why no answer of this kind could be what is expected.
   *
   * @param wanted null: nothing is expected of labels
   * @param aboutNumber whether something is expected of a number
   */
  static Optional<String> misfit(
      List<String> labels, JsonNode wanted, boolean aboutNumber, Tensor given) {
    if (aboutNumber) {
      return Optional.of(
          "each of the %d labels has a probability: expect label instead of min, max and above"
              .formatted(labels.size()));
    }
    if (!isRowOf(labels, given)) {
      return Optional.of(
          "the answer is not true or false of each of the %d labels".formatted(labels.size()));
    }
    if (wanted == null || !wanted.isObject() || wanted.isEmpty()) {
      return Optional.of(
          "there are %d labels: expect true or false of some of them by name, and not %s"
              .formatted(labels.size(), wanted));
    }
    for (Map.Entry<String, JsonNode> one : wanted.properties()) {
      if (!labels.contains(one.getKey())) {
        return Optional.of(
            "there is no label %s%s; there are %s"
                .formatted(one.getKey(), Names.hint(one.getKey(), labels), Names.list(labels)));
      }
      if (!one.getValue().isBoolean()) {
        return Optional.of(
            "%s is true or false, and not %s".formatted(one.getKey(), one.getValue()));
      }
    }
    return Optional.empty();
  }

  private static boolean isRowOf(List<String> labels, Tensor given) {
    return given.values() instanceof Values.Booleans && given.values().size() == labels.size();
  }
}
