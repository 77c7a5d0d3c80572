package dev.firstday.cli.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.cli.terminal.Style;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceBarTest {
  @ParameterizedTest
  @CsvSource({
    "0, .....|.....",
    "-9, .....|.....",
    "-30, ...##|.....",
    "-100, #####|.....",
    "55, .....|###..",
    "340, .....|#####"
  })
  void growsFromTheMiddleTowardsItsVerdict(Double evidence, String bar) {
    assertThat(EvidenceBar.of(evidence, Style.PLAIN))
        .isEqualTo(bar)
        .hasSameSizeAs(EvidenceBar.TITLE);
  }
}
