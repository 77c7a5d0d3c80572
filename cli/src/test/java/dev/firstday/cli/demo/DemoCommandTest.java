package dev.firstday.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.cli.local.LocalFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DemoCommandTest {
  private static final LocalFolder LOCAL = new LocalFolder(Path.of("/home/me/.firstday"));

  @Test
  void takesAKubeconfigForAnotherCluster() {
    assertThat(LOCAL.isElsewhere("/home/me/.kube/config")).isTrue();
  }

  /** The demo prints an export of it, and people follow. */
  @Test
  void takesItsOwnKubeconfigForItself() {
    assertThat(LOCAL.isElsewhere("/home/me/.firstday/kubeconfig")).isFalse();
    assertThat(LOCAL.isElsewhere("/home/me/x/../.firstday/kubeconfig")).isFalse();
    assertThat(LOCAL.isElsewhere(null)).isFalse();
  }
}
