package dev.firstday.operator.deployment.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Comparison;
import dev.firstday.api.Comparison.Tally;
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
                .with(List.of(new RouterReport("a", 1, "s", "c", Comparison.NONE, Comparison.NONE)))
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
        new Comparison(
            false, requests, 0, Map.of("errors", new Tally(requests, errors, List.of(instance)))));
  }
}
