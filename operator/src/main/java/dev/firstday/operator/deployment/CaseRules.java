package dev.firstday.operator.deployment;

import dev.firstday.api.GoldenCase;
import dev.firstday.api.GoldenResults;
import dev.firstday.api.GoldenResults.Fault;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Routes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Model's golden cases: what each version has to answer, whatever another one does. They are
 * sent in the stage Golden alone, as the Model has them then; an edit has them all sent anew.
 *
 * @param results what the routers say of those in the present routes
 */
record CaseRules(Settings settings, DeploymentObservation seen, GoldenResults results) {
  private static final int TOLD = 3;
  private static final int KIBIBYTE = 1024;

  /** What routers are to send; null: nothing. */
  static List<GoldenCase> sent(DeploymentObservation seen) {
    List<GoldenCase> cases = seen.model().golden();
    return cases.isEmpty() || bytes(cases) > Routes.MAX_GOLDEN_BYTES ? null : cases;
  }

  private static int bytes(List<GoldenCase> cases) {
    return Contract.write(cases).getBytes(StandardCharsets.UTF_8).length;
  }

  private List<GoldenCase> wanted() {
    return seen.model().golden();
  }

  /** Whether the routes have the cases as the Model has them now. */
  boolean areSent() {
    return Contract.write(sent(seen)).equals(Contract.write(seen.routes().golden()));
  }

  /** Of the cases that the Model has now; of edited ones there are none yet. */
  GoldenResults current() {
    return areSent() && sent(seen) != null
        ? results
        : new GoldenResults(false, wanted().size(), 0, 0, List.of());
  }

  boolean through() {
    return wanted().isEmpty() || current().done() && current().failed() == 0;
  }

  /**
   * Why the candidate must not go on.
   *
   * @param overdue whether cases that have no answer yet are not waited for any more
   */
  Optional<String> failure(boolean overdue) {
    boolean known = current().done() || overdue;
    return known ? told(current().faults().stream().filter(fault -> !fault.invalid())) : none();
  }

  /** Why nobody can tell whether it may go on: cases that no version can answer. */
  Optional<String> invalid() {
    if (bytes(wanted()) > Routes.MAX_GOLDEN_BYTES) {
      return Optional.of(
          "spec.golden of Model %s has %d KiB of JSON, and %d KiB at most are sent: have fewer or smaller cases"
              .formatted(
                  settings.model(),
                  (bytes(wanted()) + KIBIBYTE - 1) / KIBIBYTE,
                  Routes.MAX_GOLDEN_BYTES / KIBIBYTE));
    }
    return current().done()
        ? told(current().faults().stream().filter(Fault::invalid))
            .map(
                words ->
                    "%s. Correct spec.golden of Model %s, and the cases are sent again"
                        .formatted(words, settings.model()))
        : none();
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private static Optional<String> told(Stream<Fault> faults) {
    List<String> words = faults.map(CaseRules::words).toList();
    if (words.isEmpty()) {
      return none();
    }
    String more = words.size() > TOLD ? "; and %d more".formatted(words.size() - TOLD) : "";
    return Optional.of(words.stream().limit(TOLD).collect(Collectors.joining("; ")) + more);
  }

  private static String words(Fault fault) {
    if (fault.invalid()) {
      return "golden case %s cannot be answered: expected %s, got %s"
          .formatted(fault.name(), fault.expected(), fault.answered());
    }
    String both =
        fault.stable() == null
            ? ""
            : " (the stable version fails it too: %s)".formatted(fault.stable());
    return "golden case %s: expected %s, got %s%s"
        .formatted(fault.name(), fault.expected(), fault.answered(), both);
  }

  /** How far they are, to be put behind a sentence; empty when there are none. */
  String progress() {
    return wanted().isEmpty()
        ? ""
        : ", and %d of %d golden cases as expected".formatted(current().passed(), wanted().size());
  }
}
