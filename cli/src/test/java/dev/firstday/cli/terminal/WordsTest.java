package dev.firstday.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.DatasetCheck.Unit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "327346, `327,346`",
        "-3, -3",
        "0.47171, 0.4717",
        "11.04012, 11.04",
        "12345.678, 12350",
        "0.0000123, 1.23e-05",
        "1e20, 1.00e+20",
        "NaN, NaN"
      })
  void numbersHaveTheDigitsThatPeopleRead(double number, String words) {
    assertThat(Words.number(number)).isEqualTo(words);
  }

  @Test
  void valuesHaveTheirUnit() {
    assertThat(Words.value(3.0, Unit.HOURS)).isEqualTo("3 h");
    assertThat(Words.value(3.5, null)).isEqualTo("3.5");
    assertThat(Words.value(null, Unit.ROWS)).isEqualTo("-");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T11:59:00Z, '2026-03-01 11:59 UTC, 60 s ago'",
    "2026-03-01T12:04:57Z, '2026-03-01 12:04 UTC, in 5 min'",
    "2026-03-01T11:00:00Z, '2026-03-01 11:00 UTC, 60 min ago'",
    "2026-02-28T12:00:00Z, '2026-02-28 12:00 UTC, 24 h ago'",
    "2026-02-01T12:00:00Z, '2026-02-01 12:00 UTC, 28 days ago'",
    "2026-03-02T03:00:00Z, '2026-03-02 03:00 UTC, in 15 h'"
  })
  void timesSayHowFarTheyAre(String time, String words) {
    assertThat(Words.time(Instant.parse(time), NOW)).isEqualTo(words);
  }

  @Test
  void minutesAreNotToldInSeconds() {
    assertThat(Words.minutes(1)).isEqualTo("1 min");
    assertThat(Words.minutes(180)).isEqualTo("3 h");
  }

  @Test
  void aTextIsCutBehindAWord() {
    assertThat(Words.cutAtWord("logLoss=0.4855, the best", 30))
        .isEqualTo("logLoss=0.4855, the best");
    assertThat(Words.cutAtWord("the constant has logLoss=0.5299", 30))
        .isEqualTo("the constant has ...");
    assertThat(Words.cutAtWord("a".repeat(40), 30)).isEqualTo("a".repeat(27) + "...");
  }

  @Test
  void longTextsAreWrappedBetweenWords() {
    assertThat(Words.wrap("  ", "short")).containsExactly("  short");
    assertThat(Words.wrap("  ", "a".repeat(80) + " " + "b".repeat(37) + " c"))
        .containsExactly("  " + "a".repeat(80) + " " + "b".repeat(37), "  c");
    assertThat(Words.wrap("", List.of("a b", "c".repeat(117)), ", "))
        .containsExactly("a b,", "c".repeat(117));
    assertThat(Words.wrap("  ", "d".repeat(130))).containsExactly("  " + "d".repeat(130));
  }

  @Test
  void coloursAreForTerminalsAndSymbolsForThoseThatHaveThem() {
    assertThat(Style.of(true, Map.of("LANG", "de_AT.UTF-8"))).isEqualTo(new Style(true, true));
    assertThat(Style.of(true, Map.of("LANG", "en_GB.utf8", "LC_ALL", "C")))
        .isEqualTo(new Style(true, false));
    assertThat(Style.of(true, Map.of("LANG", "C.UTF-8", "NO_COLOR", "1")))
        .isEqualTo(new Style(false, true));
    assertThat(Style.of(false, Map.of("LANG", "C.UTF-8"))).isEqualTo(Style.PLAIN);
    assertThat(new Style(true, true).paint(Style.Paint.BAD, "x")).isEqualTo("\u001b[31mx\u001b[0m");
    assertThat(Style.PLAIN.paint(Style.Paint.BAD, "x")).isEqualTo("x");
  }
}
