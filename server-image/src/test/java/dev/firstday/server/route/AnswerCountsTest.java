package dev.firstday.server.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.AnswerShares;
import dev.firstday.api.AnswerShares.Share;
import dev.firstday.contract.Contract;
import dev.firstday.server.v2.ModelMetadata;
import dev.firstday.server.v2.Tensor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AnswerCountsTest {
  private final AnswerCounts counts = new AnswerCounts();

  private static AnswerNames thresholds(double mean, double deviation) {
    return AnswerNames.of(
        new ModelMetadata(
            "m",
            List.of("1"),
            "fake",
            List.of(),
            List.of(),
            Map.of("label_mean", String.valueOf(mean), "label_std", String.valueOf(deviation))));
  }

  private void classes(List<String> stable, List<String> candidate) {
    add(
        "id",
        new LabelPair(Tensor.texts("who", stable), Tensor.texts("who", candidate)),
        AnswerNames.NONE);
  }

  private void add(String id, LabelPair labels, AnswerNames names) {
    counts.add(id, labels, names, 0, labels.rows());
  }

  private AnswerShares withoutExamples() {
    Map<String, Share> shares = new TreeMap<>(counts.counts().shares());
    shares.replaceAll((answer, share) -> share.withExamples(List.of()));
    return new AnswerShares(counts.counts().rows(), shares);
  }

  @Test
  void theNewestRequestsThatOneVersionAloneGaveAnAnswerAreItsExamples() {
    for (int i = 0; i < 7; i++) {
      add("request-" + i, new LabelPair(Made.late(false), Made.late(i % 7 > 0)), AnswerNames.NONE);
    }
    add("same", new LabelPair(Made.late(true), Made.late(true)), AnswerNames.NONE);

    assertThat(counts.counts().shares().get("true").examples())
        .containsExactly("request-6", "request-5", "request-4", "request-3", "request-2");
  }

  @Test
  void rowsThatAreNotToCountDoNot() {
    counts.add(
        "id",
        new LabelPair(Made.late(true, false, false), Made.late(false, true, false)),
        AnswerNames.NONE,
        1,
        2);

    assertThat(withoutExamples())
        .isEqualTo(new AnswerShares(1, Map.of("true", new Share(0, 1, 1))));
  }

  @Test
  void aClassIsWonAndLost() {
    classes(List.of("crew", "crew", "tower"), List.of("crew", "tower", "weather"));

    AnswerShares answers = withoutExamples();
    assertThat(answers.rows()).isEqualTo(3);
    assertThat(answers.shares())
        .isEqualTo(
            Map.of(
                "crew", new Share(2, 1, 0),
                "tower", new Share(1, 1, 1),
                "weather", new Share(0, 1, 1)));
    assertThat(answers.shares().get("crew").lost()).isEqualTo(1);
    assertThat(answers.shares().get("tower").lost()).isEqualTo(1);
    assertThat(answers.shares().get("weather").lost()).isZero();
  }

  @Test
  void ofYesAndNoYesIsCounted() {
    add(
        "id",
        new LabelPair(Made.late(true, false, false), Made.late(true, true, false)),
        AnswerNames.NONE);

    assertThat(withoutExamples().shares()).isEqualTo(Map.of("true", new Share(1, 2, 1)));
  }

  @Test
  void aNumberCountsForEachThresholdThatItReaches() {
    add("id", new LabelPair(Made.delay(10, 40), Made.delay(30, 11)), thresholds(12, 30));

    Map<String, Share> shares = withoutExamples().shares();
    assertThat(shares).hasSize(9);
    assertThat(shares.get(">= -48.0")).isEqualTo(new Share(2, 2, 0));
    assertThat(shares.get(">= 12.0")).isEqualTo(new Share(1, 1, 1));
    assertThat(shares.get(">= 27.0")).isEqualTo(new Share(1, 1, 1));
    assertThat(shares.get(">= 72.0")).isEqualTo(Share.NONE);
  }

  @Test
  void aNumberWhoseMeanNobodyKnowsIsNotCounted() {
    add("id", new LabelPair(Made.delay(10), Made.delay(30)), AnswerNames.NONE);

    assertThat(counts.counts()).isEqualTo(AnswerShares.NONE);
  }

  @Test
  void asManyClassesAreToldApartAsAStatusHasRoomFor() {
    for (int i = 0; i < 50; i++) {
      classes(List.of("class-" + i), List.of("class-" + i));
    }
    classes(List.of("class-30", "class-3"), List.of("class-31", "class-30"));

    AnswerShares answers = withoutExamples();
    assertThat(answers.shares()).hasSize(AnswerShares.CLASSES + 1);
    assertThat(answers.shares().get("other")).isEqualTo(new Share(31, 32, 1));
    assertThat(answers.shares().get("class-3")).isEqualTo(new Share(2, 1, 0));
  }

  @Test
  void aRowCountsForEachOfSeveralLabelsThatItHas() {
    AnswerNames names = AnswerNames.of(Made.labelled("late", "full"));
    add(
        "id",
        new LabelPair(
            Made.labels(true, false, true, true, false, false),
            Made.labels(true, true, false, true, false, false)),
        names);

    assertThat(withoutExamples())
        .isEqualTo(
            new AnswerShares(3, Map.of("late", new Share(2, 1, 0), "full", new Share(1, 2, 1))));
  }

  @Test
  void countsOfTwoRoutersAddUpAndTravelAsJson() {
    classes(List.of("crew"), List.of("tower"));
    AnswerShares one = counts.counts();

    AnswerShares both = Contract.read(Contract.write(one.plus(one)), AnswerShares.class);

    assertThat(both)
        .isEqualTo(
            new AnswerShares(
                2,
                Map.of(
                    "crew", new Share(2, 0, 0, List.of("id")),
                    "tower", new Share(0, 2, 2, List.of("id")))));
  }
}
