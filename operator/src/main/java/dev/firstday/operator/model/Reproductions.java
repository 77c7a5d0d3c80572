package dev.firstday.operator.model;

import dev.firstday.api.Errand;
import dev.firstday.api.Errand.Kind;
import dev.firstday.api.Firstday;
import dev.firstday.api.Model;
import dev.firstday.api.Reproduction;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.kube.EventDraft;
import dev.firstday.operator.worker.RunStep;
import dev.firstday.operator.worker.Runs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version that somebody wants trained once more.
 *
 * @param asked value of the annotation {@value Firstday#REPRODUCE_ANNOTATION}; null: none
 * @param last what came of the last one; null: there was none
 */
record Reproductions(String asked, Reproduction last) {
  private static final Pattern ASKED = Pattern.compile("([1-9][0-9]{0,8})( .{0,63})?");

  static Reproductions of(Model model) {
    Map<String, String> annotations = model.getMetadata().getAnnotations();
    return new Reproductions(
        annotations == null ? null : annotations.get(Firstday.REPRODUCE_ANNOTATION),
        model.getStatus() == null ? null : model.getStatus().reproduction());
  }

  /** Where the version is listed. What cannot be done is said by {@link #settled}. */
  Optional<Errand> wanted(Catalogue catalogue) {
    return isNews()
        ? number()
            .flatMap(catalogue::numbered)
            .map(version -> new Errand(Kind.REPRODUCTION, asked, List.of(version), null))
        : Optional.empty();
  }

  /** The same after a step of the errand's run. */
  Reproductions after(RunStep step, Errand errand, Instant now) {
    if (errand.kind() != Kind.REPRODUCTION || !Runs.isOver(step.run())) {
      return this;
    }
    Errand.Subject version = errand.versions().get(0);
    return step instanceof RunStep.Finish finish
            && finish.answer() instanceof RunResult.Reproduction answer
        ? said(errand, version, answer.verdict(), answer.message(), now)
        : step.run().failure() == null
            ? this
            : said(errand, version, step.run().failure(), step.run().message(), now);
  }

  /** What was asked for and is no version that is known is answered without a run. */
  Reproductions settled(Catalogue catalogue, boolean isListed, Instant now) {
    if (!isNews() || !isListed || number().flatMap(catalogue::numbered).isPresent()) {
      return this;
    }
    return new Reproductions(
        asked,
        new Reproduction(
            asked,
            number().orElse(null),
            null,
            now,
            "VersionNotFound",
            "the annotation %s: %s names no version that the status lists; begin it with the number of one, or let the Model list more (spec.listedVersions)"
                .formatted(Firstday.REPRODUCE_ANNOTATION, Words.cut(asked))));
  }

  Optional<EventDraft> news(Reproduction before) {
    if (last == null || before != null && before.asked().equals(last.asked())) {
      return Optional.empty();
    }
    String which = last.version() == null ? "" : "version " + last.version() + ": ";
    String words = which + last.verdict() + ": " + last.message();
    return Optional.of(
        last.succeeded()
            ? EventDraft.normal("VersionReproduced", words)
            : EventDraft.warning("VersionNotReproduced", words));
  }

  private boolean isNews() {
    return asked != null && (last == null || !asked.equals(last.asked()));
  }

  private Optional<Integer> number() {
    Matcher matcher = ASKED.matcher(Objects.requireNonNullElse(asked, ""));
    return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
  }

  private Reproductions said(
      Errand errand, Errand.Subject version, String verdict, String message, Instant now) {
    return new Reproductions(
        asked,
        new Reproduction(
            errand.cause(),
            version.number(),
            version.digest(),
            now,
            Words.reason(verdict, "NotReproduced"),
            Words.cut(message)));
  }
}
