package dev.firstday.operator.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.RetentionState;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.operator.Samples;
import dev.firstday.operator.kube.EventDraft;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a data set makes of the answers of its turns, one every hour. */
class DatasetAnswersTest {
  private final World world = World.ready(new DatasetSpec.Refresh("0 * * * *", null, null));

  @Test
  void aRunThatCheckedNothingLeavesTheChecksAsTheyWere() {
    turn(1, Samples.checks(1, 7, 0, 1, List.of("drift of x")));
    DatasetStatus.Checks known = world.status().checks();
    turn(1, null);
    assertThat(world.status().checks()).isEqualTo(known);
    assertThat(world.ready().status()).isEqualTo("True");
  }

  @Test
  void warningsAreCountedAndStopNothing() {
    turn(
        1, Samples.checks(1, 6, 0, 2, List.of("drift of x: 0.3 (warning)", "mean of x (warning)")));
    assertThat(world.status().phase()).isEqualTo("Ready");
    assertThat(world.ready().status()).isEqualTo("True");
    assertThat(world.ready().message()).contains("80 rows", "2 checks warn: drift of x");
  }

  @Test
  void aVersionThatNoLongerPassesStaysTheLatestAndIsNotReady() {
    turn(1, Samples.checks(1, 7, 1, 0, List.of("freshness of ts: 30 hours, must be < 24")));
    assertThat(world.status().phase()).isEqualTo("Degraded");
    assertThat(world.ready().status()).isEqualTo("False");
    assertThat(world.stalled().status()).isEqualTo("True");
    assertThat(world.stalled().reason()).isEqualTo("ChecksFailed");
    assertThat(world.stalled().message())
        .contains("version 1 no longer passes", "freshness of ts: 30 hours", "stays in use");
    assertThat(world.status().latest().number()).isEqualTo(1);
    assertThat(world.status().refused()).isNull();
    assertThat(world.told).extracting(EventDraft::reason).containsExactly("ChecksFailed");
    // a turn that finds it as bad tells nothing again, and Stalled never goes off meanwhile
    begin();
    assertThat(world.stalled().status()).isEqualTo("True");
    assertThat(world.ready().status()).isEqualTo("False");
    world.answer(answer(1, Samples.checks(1, 7, 1, 0, List.of("freshness of ts: 31 hours"))));
    assertThat(world.told).hasSize(1);
    turn(2, Samples.checks(2, 8, 0, 0, List.of()));
    assertThat(world.status().phase()).isEqualTo("Ready");
    assertThat(world.ready().status()).isEqualTo("True");
  }

  @Test
  void aRefusedVersionOfATurnIsNotTheLatestAndALaterGoodOneIs() {
    begin();
    world.answer(Samples.refusal(world.run(), 2));
    assertThat(world.status().phase()).isEqualTo("Refused");
    assertThat(world.status().latest().number()).isEqualTo(1);
    begin();
    assertThat(world.asked().previous().number()).isEqualTo(1);
    world.answer(Samples.refusal(world.run(), 3));
    assertThat(world.told)
        .extracting(EventDraft::reason)
        .containsExactly("ChecksFailed", "VersionRefused");
    // back to what version 1 was made of: nothing is checked, and what failed was another version
    turn(1, null);
    assertThat(world.status().refused()).isNull();
    assertThat(world.status().phase()).isEqualTo("Ready");
  }

  @ParameterizedTest
  @EnumSource(Cure.class)
  void aDamagedVersionIsNotReadyWhoeverCanMendIt(Cure cure) {
    begin();
    world.answer(
        new RunResult.Failure(
            world.run().uid(), RunResult.VERSION_DAMAGED, "object ab12 is gone", cure));
    assertThat(world.status().phase()).isEqualTo("Failed");
    assertThat(world.ready().status()).isEqualTo("False");
    assertThat(world.stalled().status()).isEqualTo("True");
    assertThat(world.stalled().reason()).isEqualTo("VersionDamaged");
    assertThat(world.stalled().message()).contains("object ab12 is gone");
    assertThat(world.status().latest().number()).isEqualTo(1);
    world.now = world.now.plus(Duration.ofHours(1));
    world.pass();
    world.answer(answer(1, Samples.checks(1, 8, 0, 0, List.of())));
    assertThat(world.ready().status()).isEqualTo("True");
  }

  @Test
  void whatWasDeletedIsKnownAsLongAsItIsListed() {
    turn(2, null);
    swept(3, new RetentionState(List.of(2), List.of(1), null, null, 10L, null));
    swept(4, new RetentionState(null, List.of(2), null, null, 10L, null));
    assertThat(world.status().retention().deleted()).containsExactly(1, 2);
    assertThat(world.status().retention().marked()).isNull();
    // the rows of version 1 are there again
    swept(1, null);
    assertThat(world.status().retention().deleted()).containsExactly(2);
    IntStream.rangeClosed(5, 14).forEach(number -> turn(number, null));
    assertThat(world.status().retention()).isNull();
  }

  @Test
  void whatIsReferredToStaysListed() {
    world.pins = new Pins(List.of(1), 1, true);
    IntStream.rangeClosed(2, 14).forEach(number -> turn(number, null));
    assertThat(world.status().versions())
        .extracting(DatasetStatus.Version::number)
        .containsExactly(14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 1);
    assertThat(world.status().pinned()).containsExactly(1);
    begin();
    Run.Snapshot asked = world.asked();
    assertThat(asked.pinned())
        .isEqualTo(
            new Run.DatasetVersionReference("flights", 1, Samples.version(1, false).digest()));
    assertThat(asked.previous().number()).isEqualTo(14);
    assertThat(asked.referred()).containsExactly(1);
  }

  @Test
  void aPinThatComesOrGoesIsWrittenOnce() {
    world.pins = new Pins(List.of(1, 7), 7, true);
    world.pass();
    DatasetStatus pinned = world.status();
    assertThat(pinned.pinned()).containsExactly(1, 7);
    world.pass();
    assertThat(world.status()).isEqualTo(pinned);
    begin();
    assertThat(world.asked().pinned()).as("a version that is not listed").isNull();
  }

  private void begin() {
    world.now = world.now.plus(Duration.ofHours(1));
    world.pass();
  }

  private void turn(int number, DatasetStatus.Checks checks) {
    begin();
    world.answer(answer(number, checks));
  }

  private void swept(int number, RetentionState swept) {
    begin();
    world.answer(World.swept(world.run(), number, swept));
  }

  private RunResult answer(int number, DatasetStatus.Checks checks) {
    return new RunResult.Snapshot(world.run().uid(), Samples.version(number, false), checks, null);
  }
}
