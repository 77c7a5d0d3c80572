package dev.firstday.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small rules of the local mode, by tables. */
class LocalRulesTest {
  private static final Image IMAGE = new Image("Main", "x.jar", List.of(), Map.of(), 384);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "firstday/trainer",
        "firstday/trainer:0.1",
        "registry.example:5000/firstday/trainer",
        "registry.example:5000/mirror/firstday/trainer:0.1@sha256:00",
      })
  void findsAnImageWhateverItsRegistryAndTag(String reference) {
    assertThat(new Images(Map.of("firstday/trainer", IMAGE)).find(reference)).contains(IMAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"trainer", "firstday/trainer2", "other/trainer", "xfirstday/trainer"})
  void takesNoOtherImageForIt(String reference) {
    assertThat(new Images(Map.of("firstday/trainer", IMAGE)).find(reference)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/tmp, /pods/1/tmp",
    "/tmp/x/y, /pods/1/tmp/x/y",
    "/tmpx, /tmpx",
    "a/tmp, a/tmp",
    "/etc/routes/routes.json, /pods/1/routes/routes.json",
    "/etc/routes/deep/f, /pods/1/deep/f",
    "/etc, /etc"
  })
  void rewritesPathsBelowMounts(String text, String expected) {
    Mounts mounts =
        new Mounts(
            List.of(
                new Mounts.Mount("/tmp", Path.of("/pods/1/tmp")),
                new Mounts.Mount("/etc/routes", Path.of("/pods/1/routes")),
                new Mounts.Mount("/etc/routes/deep", Path.of("/pods/1/deep"))));

    assertThat(mounts.rewrite(text)).isEqualTo(expected);
  }

  @Test
  void aProbeNeedsItsThresholdInARow() {
    Probe probe = new ProbeBuilder().withFailureThreshold(2).withSuccessThreshold(1).build();
    ProbeState state = new ProbeState(true, 0).next(false, probe);
    assertThat(state.passing()).isTrue();
    assertThat(state.next(true, probe).next(false, probe).passing()).isTrue();
    assertThat(state.next(false, probe).passing()).isFalse();
    assertThat(state.next(false, probe).next(true, probe).passing()).isTrue();
  }

  @Test
  void addressesAreTheSameEachTimeAndNeverShared() {
    LoopbackAddresses addresses = new LoopbackAddresses("127.77", "here");
    String first = addresses.allocate("team/web");
    assertThat(first).startsWith("127.77.");
    assertThat(addresses.allocate("team/web")).isNotEqualTo(first);

    addresses.release(first);
    assertThat(addresses.allocate("team/web")).isEqualTo(first);

    LoopbackAddresses later = new LoopbackAddresses("127.77", "here");
    later.reserve(first);
    assertThat(later.allocate("team/web")).isNotEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{containers: [{name: a}, {name: b}]} | pods of one container",
        "{containers: [{name: a}], nodeSelector: {gpu: h100}} | remove nodeSelector",
        "{containers: [{name: a, command: [sh]}]} | remove command",
        "{containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]} | no nvidia.com/gpu"
      })
  void saysWhyAPodCannotRunHere(String spec, String message) {
    Pod pod = Serialization.unmarshal("metadata: {name: p}\nspec: " + spec, Pod.class);

    assertThat(Admission.objection(pod)).contains(message);
  }

  @ParameterizedTest
  @CsvSource({"3Gi, 1536", "512Mi, 256", "1G, 476", "10Mi, 32"})
  void halfOfTheMemoryIsHeap(String limit, long megabytes) {
    Container container =
        Serialization.unmarshal(
            "name: a\nresources: {limits: {memory: " + limit + "}}", Container.class);

    assertThat(ContainerProcess.heapMegabytes(container, IMAGE)).isEqualTo(megabytes);
    assertThat(ContainerProcess.heapMegabytes(new Container(), IMAGE)).isEqualTo(384);
  }
}
