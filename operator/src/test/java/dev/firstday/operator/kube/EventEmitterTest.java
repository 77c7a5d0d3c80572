package dev.firstday.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class EventEmitterTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final EventDraft REFUSED = EventDraft.warning("CommandRefused", "no");

  private KubernetesClient client;
  private KubernetesMockServer server;

  private static Job job(long generation) {
    return new JobBuilder()
        .withNewMetadata()
        .withNamespace("ns")
        .withName("flights")
        .withUid("uid")
        .withGeneration(generation)
        .endMetadata()
        .build();
  }

  private void refuse(EventEmitter events, Duration later) {
    events.emit(job(1), List.of(REFUSED), NOON.plus(later));
  }

  private Event only() {
    List<Event> all = client.v1().events().inNamespace("ns").list().getItems();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Test
  void whatHappensAgainIsCountedWithItsLastTime() {
    EventEmitter events = new EventEmitter(client);
    refuse(events, Duration.ZERO);
    refuse(events, Duration.ofSeconds(3));
    refuse(events, Duration.ofMinutes(2));

    assertThat(only().getCount()).isEqualTo(3);
    assertThat(only().getFirstTimestamp()).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(only().getLastTimestamp()).isEqualTo("2026-03-01T12:02:00Z");
    assertThat(only().getMessage()).isEqualTo("no");
  }

  @Test
  void whatAPassTellsTwiceHappenedOnce() {
    new EventEmitter(client).emit(job(1), List.of(REFUSED, REFUSED), NOON);

    assertThat(only().getCount()).isEqualTo(1);
  }

  @Test
  void anotherGenerationHasAnEventOfItsOwn() {
    EventEmitter events = new EventEmitter(client);
    refuse(events, Duration.ZERO);
    events.emit(job(2), List.of(REFUSED), NOON);

    assertThat(client.v1().events().inNamespace("ns").list().getItems())
        .extracting(Event::getCount)
        .containsExactly(1, 1);
  }

  @Test
  void aRestartedOperatorGoesOnCounting() {
    EventEmitter first = new EventEmitter(client);
    refuse(first, Duration.ZERO);
    refuse(first, Duration.ofSeconds(1));
    EventEmitter second = new EventEmitter(client);
    refuse(second, Duration.ofSeconds(9));
    refuse(second, Duration.ofSeconds(10));

    assertThat(only().getCount()).isEqualTo(4);
    assertThat(only().getLastTimestamp()).isEqualTo("2026-03-01T12:00:10Z");
  }

  @Test
  void whatTheApiServerHasForgottenIsTheFirstAgain() {
    EventEmitter events = new EventEmitter(client);
    refuse(events, Duration.ZERO);
    client.v1().events().inNamespace("ns").delete();
    refuse(events, Duration.ofHours(2));

    assertThat(only().getCount()).isEqualTo(1);
    assertThat(only().getFirstTimestamp()).isEqualTo("2026-03-01T14:00:00Z");
  }

  @Test
  void aFloodIsWrittenNowAndThenAndCountedInFull() {
    EventEmitter events = new EventEmitter(client);
    for (int i = 0; i < 50; i++) {
      refuse(events, Duration.ofSeconds(1));
    }
    assertThat(server.getRequestCount()).isEqualTo(Repetitions.AT_ONCE);
    assertThat(only().getCount()).isEqualTo(Repetitions.AT_ONCE);

    refuse(events, Repetitions.PAUSE.plusSeconds(1));
    assertThat(only().getCount()).isEqualTo(51);
  }
}
