package dev.firstday.sdk.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.DatasetStatus.RefreshTrigger;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.store.FaultProxy.Fault;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResultLogTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static S3Fixture s3;

  @BeforeAll
  static void start() {
    s3 = S3Fixture.start();
  }

  @AfterAll
  static void stop() throws IOException {
    s3.close();
  }

  @ParameterizedTest
  @CsvSource({
    // run, content and verdict beside those of the result that is there (run, a, good)
    "again-good,     run,   a, false, false, 1",
    "again-other,    run,   b, false, false, 1",
    "again-refused,  run,   a, true,  false, 1",
    "other-run,      other, a, false, false, 2",
    // beside (run, a, refused)
    "still-refused,  run,   a, true,  true,  1",
    "corrected,      run,   b, false, true,  2",
    "judged-anew,    run,   a, false, true,  2",
    "other-refusal,  run,   b, true,  true,  2",
  })
  void givesARunOneResultUnlessWhatItRefusedWasCorrected(
      String name, String run, String content, boolean refused, boolean first, int number) {
    try (Store store = s3.store(name)) {
      ResultLog log = ResultLog.of(store, "d");
      log.record(result("run", "a", first));

      CheckRecord recorded = log.record(result(run, content, refused));

      assertThat(recorded.number()).isEqualTo(number);
      assertThat(log.read(number)).isEqualTo(recorded);
      assertThat(log.numbers()).hasSize(number);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"DO_AND_ANSWER_412", "DO_AND_ANSWER_500", "DO_AND_HANG", "ANSWER_503", "BREAK"})
  void takesOneNumberWhateverBecomesOfTheAnswer(Fault fault) {
    String namespace = fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
    try (Store store = s3.impatientStore(namespace)) {
      s3.faults().next(1, "PUT /firstday-test/team/" + namespace + "/datasets", fault);

      assertThat(ResultLog.of(store, "d").record(result("run", "a", false)).number()).isEqualTo(1);
      assertThat(ResultLog.of(store, "d").numbers()).containsExactly(1);
    }
  }

  @Test
  void readsOnlyTheNewestOfMany() {
    try (Store store = s3.store("many")) {
      ResultLog log = ResultLog.of(store, "d");
      IntStream.rangeClosed(1, 40).forEach(i -> log.record(result("run-" + i, "a", false)));
      int before = s3.faults().requests().size();

      // one that has read none of them yet
      List<CheckRecord> recent = ResultLog.of(store, "d").recent();

      assertThat(recent).extracting(CheckRecord::number).startsWith(40, 39).hasSize(16);
      assertThat(s3.faults().requests().size() - before).isEqualTo(17);
      assertThat(ResultLog.ofRun(recent, "run-38")).map(CheckRecord::number).hasValue(38);
      assertThat(ResultLog.ofRun(recent, "run-1")).isEmpty();
      assertThat(log.read(List.of(2, 1, 3)))
          .extracting(CheckRecord::number)
          .containsExactly(2, 1, 3);
    }
  }

  @Test
  void doesNotTakeARefusedResultForThatOfTheRun() {
    assertThat(ResultLog.ofRun(List.of(result("run", "a", true)), "run")).isEmpty();
  }

  private static CheckRecord result(String run, String content, boolean refused) {
    return new CheckRecord(
        0,
        "d",
        run,
        RefreshTrigger.SPEC,
        NOON,
        Contract.digest(Map.of("content", content)),
        true,
        refused,
        "s",
        List.of());
  }
}
