package dev.firstday.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConstantTest {
  @Test
  void isSaidAsItsMostFrequentClassOrItsNumber() {
    assertThat(new Constant(List.of(0.2, 0.5, 0.3), List.of("a", "b", "c")).words(0, false))
        .isEqualTo("b (50 %)");
    assertThat(new Constant(List.of(0.242), List.of()).words(0, true)).isEqualTo("24.2 %");
    assertThat(new Constant(List.of(0.242, 0.5), List.of()).words(1, true)).isEqualTo("50.0 %");
    assertThat(new Constant(List.of(576.37), List.of()).words(0, false)).isEqualTo("576.4");
  }
}
