package dev.firstday.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectAddressTest {
  private static final String HEX = "0123456789abcdef".repeat(4);

  @Test
  void namesBucketPrefixAndNamespace() {
    assertThat(ObjectAddress.of("s3://b/team-a/objects/sha256/" + HEX))
        .contains(new ObjectAddress("b", "", "team-a", HEX));
    assertThat(ObjectAddress.of("s3://b/x/y/team-a/objects/sha256/" + HEX))
        .contains(new ObjectAddress("b", "x/y", "team-a", HEX));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s3://b/objects/sha256/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "s3://b/n/objects/sha256/0123",
        "https://b/n/objects/sha256/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
      })
  void isNoneOtherwise(String text) {
    assertThat(ObjectAddress.of(text)).isEmpty();
  }
}
