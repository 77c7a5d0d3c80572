package dev.firstday.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamesTest {

  @Test
  void aShortNameIsKept() {
    assertThat(Names.child("flights", "0123-1")).isEqualTo("flights-0123-1");
  }

  @Test
  void aLongNameIsCutAndStaysItsOwn() {
    String one = Names.child("a".repeat(200) + "1", "0123-1");
    String other = Names.child("a".repeat(200) + "2", "0123-1");
    assertThat(one).hasSizeLessThanOrEqualTo(63).endsWith("-0123-1").isNotEqualTo(other);
  }

  @Test
  void aNameWithDotsBecomesADnsLabel() {
    assertThat(Names.child("my.flights", "router"))
        .matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")
        .isNotEqualTo(Names.child("my-flights", "router"));
  }
}
