package dev.firstday.trainer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.DatasetStatus.RefreshTrigger;
import dev.firstday.contract.Run.DatasetVersionReference;
import dev.firstday.sdk.data.CheckRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextStepTest {
  private static final DatasetVersionReference CURRENT =
      new DatasetVersionReference("d", 1, "good");

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # trigger,  unchanged, refused, complete, testsNeedFiles, step
          SPEC,       false,     false,   true,     false,          BUILD
          SCHEDULE,   false,     false,   true,     false,          BUILD
          CHANGE,     false,     false,   true,     false,          BUILD
          RETENTION,  false,     false,   true,     false,          BUILD
          CHANGE,     false,     true,    true,     false,          BUILD
          SPEC,       true,      false,   true,     false,          RECHECK
          SCHEDULE,   true,      false,   true,     false,          RECHECK
          CHANGE,     true,      false,   true,     false,          ANSWER
          RETENTION,  true,      false,   true,     false,          ANSWER
          SPEC,       true,      true,    true,     false,          BUILD
          SCHEDULE,   true,      true,    true,     false,          BUILD
          CHANGE,     true,      true,    true,     false,          ANSWER
          RETENTION,  true,      true,    true,     false,          ANSWER
          SPEC,       true,      false,   false,    false,          BUILD
          SCHEDULE,   true,      false,   false,    false,          RECHECK
          CHANGE,     true,      false,   false,    false,          ANSWER
          SPEC,       true,      false,   true,     true,           BUILD
          SCHEDULE,   true,      false,   true,     true,           RECHECK
          """)
  void followsFromWhyTheRunBeganAndFromWhatIsThere(
      RefreshTrigger trigger,
      boolean unchanged,
      boolean refused,
      boolean complete,
      boolean testsNeedFiles,
      NextStep step) {
    assertThat(
            NextStep.of(trigger, new NextStep.State(unchanged, refused, complete, testsNeedFiles)))
        .isEqualTo(step);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # results from new to old: sources/version, with ! for one that was built and refused; and the one known
          '',                      0
          'S/good',                1
          'T/good',                0
          'T/good S/good',         2
          'S/other',               0
          'S/other S/good',        0
          'S/bad!',                1
          'T/bad! S/good',         2
          'S/bad! S/good',         1
          'S/good S/bad!',         1
          '/good',                 0
          """)
  void knowsTheseFilesByTheNewestResultOverThem(String results, int which) {
    List<CheckRecord> recent = new ArrayList<>();
    for (String result : results.isEmpty() ? new String[0] : results.split(" ")) {
      recent.add(result(recent.size() + 1, result));
    }

    assertThat(NextStep.known(recent, "S", CURRENT).map(CheckRecord::number).orElse(0))
        .isEqualTo(which);
  }

  @Test
  void knowsNoCurrentVersionWhereThereIsNone() {
    assertThat(NextStep.known(List.of(result(1, "S/good")), "S", null)).isEmpty();
    assertThat(NextStep.known(List.of(result(1, "S/bad!")), "S", null)).isPresent();
  }

  @Test
  void takesAVersionThatFailedLaterForTheGoodOneThatItIs() {
    CheckRecord later =
        new CheckRecord(
            1,
            "d",
            "run",
            RefreshTrigger.SCHEDULE,
            Instant.EPOCH,
            "good",
            false,
            true,
            "S",
            List.of());

    assertThat(NextStep.known(List.of(later), "S", CURRENT)).hasValue(later);
    assertThat(NextStep.isRefused(later)).isFalse();
  }

  private static CheckRecord result(int number, String text) {
    String[] parts = text.replace("!", "").split("/");
    return new CheckRecord(
        number,
        "d",
        "run-" + number,
        RefreshTrigger.SPEC,
        Instant.EPOCH,
        parts[1],
        true,
        text.endsWith("!"),
        parts[0].isEmpty() ? null : parts[0],
        List.of());
  }
}
