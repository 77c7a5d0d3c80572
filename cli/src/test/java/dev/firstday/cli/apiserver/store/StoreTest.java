package dev.firstday.cli.apiserver.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreTest {
  private static final ResourceId PODS = new ResourceId("", "pods");
  private static final ObjectKey KEY = new ObjectKey("ns", "a");

  @Test
  void anObjectIsWrittenFromTheRevisionThatItHasOnly() throws IOException {
    Store store = new Store(new NoJournal(), 10);
    Stored first = store.write(PODS, KEY, Store.ABSENT, object("a")).orElseThrow();

    assertThat(store.write(PODS, KEY, Store.ABSENT, object("a"))).isEmpty();
    assertThat(store.write(PODS, KEY, first.revision(), object("a"))).isPresent();
    assertThat(store.write(PODS, KEY, first.revision(), object("a"))).isEmpty();
    assertThat(store.remove(PODS, KEY, first.revision(), object("a"))).isEmpty();
  }

  @Test
  void aWatchIsToldOfEveryChangeAfterItsRevisionInOrder() throws Exception {
    Store store = new Store(new NoJournal(), 10);
    Stored first = store.write(PODS, KEY, Store.ABSENT, object("a")).orElseThrow();
    Stored second = store.write(PODS, KEY, first.revision(), object("a")).orElseThrow();
    List<StoreEvent> told = new ArrayList<>();
    Subscription subscription = store.watch(PODS, first.revision(), told::add);
    store.remove(PODS, KEY, second.revision(), object("a"));
    subscription.cancel();
    store.write(PODS, KEY, Store.ABSENT, object("a"));

    assertThat(told).hasSize(2);
    assertThat(told.get(0)).isInstanceOf(StoreEvent.Modified.class);
    assertThat(told.get(1)).isInstanceOf(StoreEvent.Deleted.class);
    assertThat(told).extracting(event -> event.now().revision()).containsExactly(2L, 3L);
  }

  @Test
  void aWatchFromBeforeWhatIsRememberedIsRefused() throws IOException {
    Store store = new Store(new NoJournal(), 2);
    long revision = Store.ABSENT;
    for (int i = 0; i < 4; i++) {
      revision = store.write(PODS, KEY, revision, object("a")).orElseThrow().revision();
    }
    assertThatThrownBy(() -> store.watch(PODS, 1, event -> {}))
        .isInstanceOf(CompactedException.class)
        .hasMessage("too old resource version: 1 (2)");
  }

  @Test
  void aWatchFromAFutureThatNeverWasIsRefused() throws IOException {
    Store store = new Store(new NoJournal(), 2);
    assertThatThrownBy(() -> store.watch(PODS, 77, event -> {}))
        .isInstanceOf(CompactedException.class);
  }

  @Test
  void aNamespaceIsListedWithoutThoseOfSimilarNames() throws IOException {
    Store store = new Store(new NoJournal(), 2);
    for (String namespace : List.of("a", "a-b", "ab", "b")) {
      store.write(PODS, new ObjectKey(namespace, "x"), Store.ABSENT, object("x"));
    }
    assertThat(store.list(PODS, "a").objects())
        .extracting(it -> it.key().namespace())
        .containsExactly("a");
    assertThat(store.list(PODS, "").objects()).hasSize(4);
  }

  private static ObjectNode object(String name) {
    ObjectNode object = Json.object();
    object.putObject("metadata").put("name", name);
    return object;
  }
}
