package dev.firstday.trainer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvHeaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "a,b,c # , # 3",
        "a;b;c # ; # 3",
        "a\tb # '\t' # 2",
        "a|b|c|d # | # 4",
        "a # , # 1",
        "\"a;b;c;d\",e # , # 2",
        "\"a,b\";\"c\" # ; # 2"
      })
  void tellsDelimiterAndColumns(String line, char delimiter, int columns) {
    assertThat(CsvHeader.of(line)).isEqualTo(new CsvHeader(delimiter, columns));
  }
}
