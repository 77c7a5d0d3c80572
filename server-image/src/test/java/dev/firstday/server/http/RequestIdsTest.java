package dev.firstday.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdsTest {
  private static final String LONGEST = "x".repeat(RequestIds.MAX_LENGTH);

  @Test
  void theCallersOwnIdIsKept() {
    assertThat(RequestIds.of("order-7/{a}")).isEqualTo("order-7/{a}");
    assertThat(RequestIds.of(LONGEST)).isEqualTo(LONGEST);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "two words", "tab\t", "é", "\u001b[31m"})
  void whatCannotBeRepeatedAnywhereIsReplaced(String given) {
    assertThat(UUID.fromString(RequestIds.of(given))).isNotNull();
    assertThat(RequestIds.isFit(given)).isFalse();
  }

  @Test
  void anIdThatIsTooLongIsReplaced() {
    assertThat(RequestIds.of(LONGEST + "x")).isNotEqualTo(LONGEST + "x");
    assertThat(RequestIds.of(null)).isNotEqualTo(RequestIds.of(null));
  }
}
