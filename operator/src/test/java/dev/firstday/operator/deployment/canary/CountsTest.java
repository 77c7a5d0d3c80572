package dev.firstday.operator.deployment.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Comparison;
import dev.firstday.api.Comparison.Tally;
import dev.firstday.api.GoldenResults;
import dev.firstday.contract.RouterReport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CountsTest {

  @Test
  void aRouterThatCountsOnIsCountedOnce() {
    Counts counts = Counts.NONE.with(List.of(report("a", 10, 1))).with(List.of(report("a", 30, 2)));

    assertThat(counts.live().requests()).isEqualTo(30);
    assertThat(counts.live().tally("errors").bad()).isEqualTo(2);
  }

  @Test
  void whatARouterSawStaysWhenItIsGone() {
    Counts counts =
        Counts.NONE
            .with(List.of(report("a", 10, 1), report("b", 5, 0)))
            .with(List.of(report("b", 6, 0), report("a-again", 2, 1)));

    assertThat(counts.live().requests()).isEqualTo(18);
    assertThat(counts.live().tally("errors").bad()).isEqualTo(2);
  }

  @Test
  void oneThatWasSilentForAWhileIsTheSame() {
    Counts counts =
        Counts.NONE
            .with(List.of(report("a", 10, 0)))
            .with(List.of())
            .with(List.of(report("a", 15, 0)));

    assertThat(counts.live().requests()).isEqualTo(15);
  }

  @Test
  void routersThatComeAndGoTakeNoMoreRoomAndNothingIsLost() {
    Counts counts = Counts.NONE;
    for (int i = 0; i < 100; i++) {
      counts = counts.with(List.of(report("life-" + i, 3, 1)));
    }

    assertThat(counts.routers()).hasSizeLessThanOrEqualTo(8);
    assertThat(counts.live().requests()).isEqualTo(300);
    assertThat(counts.live().tally("errors").bad()).isEqualTo(100);
    assertThat(counts.live().tally("errors").examples()).hasSize(Tally.EXAMPLES);
  }

  @Test
  void aRouterThatHasSeenNothingIsNotWrittenDown() {
    assertThat(
            Counts.NONE
                .with(
                    List.of(
                        new RouterReport(
                            "a",
                            1,
                            "s",
                            "c",
                            Comparison.NONE,
                            Comparison.NONE,
                            Comparison.NONE,
                            GoldenResults.NONE,
                            null,
                            null)))
                .routers())
        .isEmpty();
  }

  private static RouterReport report(String instance, long requests, long errors) {
    return new RouterReport(
        instance,
        1,
        "stable",
        "candidate",
        Comparison.NONE,
        Comparison.NONE,
        comparison(false, instance, requests, errors),
        GoldenResults.NONE,
        null,
        null);
  }

  private static Comparison comparison(boolean done, String id, long requests, long errors) {
    return new Comparison(
        done, requests, 0, Map.of("errors", new Tally(requests, errors, List.of(id))));
  }

  private static RouterReport replayed(String instance, boolean done, long requests, long errors) {
    return new RouterReport(
        instance,
        1,
        "stable",
        "candidate",
        Comparison.NONE,
        comparison(done, instance, requests, errors),
        Comparison.NONE,
        GoldenResults.NONE,
        null,
        null);
  }

  @Test
  void capturedRequestsThatTwoRoutersSentAreNoMoreEvidenceThanThoseOfOne() {
    Counts counts =
        Counts.NONE
            .with(List.of(replayed("a", false, 10, 1), replayed("b", false, 8, 3)))
            .with(List.of(replayed("b", true, 50, 3), replayed("a", false, 40, 2)));

    assertThat(counts.replay().requests()).isEqualTo(40);
    assertThat(counts.replay().tally("errors").bad()).isEqualTo(2);
    assertThat(counts.replay().done()).isFalse();
    assertThat(counts.live().requests()).isZero();
  }

  @Test
  void aRouterThatIsGoneIsCountedUntilAnotherHasComeFurther() {
    Counts gone = Counts.NONE.with(List.of(replayed("a", false, 40, 2))).with(List.of());
    assertThat(gone.replay().requests()).isEqualTo(40);
    assertThat(gone.with(List.of(replayed("b", false, 30, 1))).replay().requests()).isEqualTo(40);

    Counts further = gone.with(List.of(replayed("b", false, 41, 2)));
    assertThat(further.replay().requests()).isEqualTo(41);
    assertThat(further.replayed().instance()).isEqualTo("b");
  }

  @Test
  void aReplayThatIsThroughStaysWhatItWas() {
    Counts through = Counts.NONE.with(List.of(replayed("a", true, 40, 2)));

    assertThat(through.with(List.of(replayed("b", true, 60, 9))).replay())
        .isEqualTo(through.replay());
    assertThat(Counts.of(null, through.replayed()).replay()).isEqualTo(through.replay());
    assertThat(Counts.NONE.with(List.of(replayed("a", true, 0, 0))).replay().done()).isTrue();
  }
}
