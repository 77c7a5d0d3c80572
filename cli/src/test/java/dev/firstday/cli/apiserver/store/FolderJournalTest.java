package dev.firstday.cli.apiserver.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderJournalTest {
  private static final ResourceId PODS = new ResourceId("", "pods");

  @TempDir Path folder;

  @Test
  void whatWasWrittenIsThereAgain() throws IOException {
    try (Store store = open()) {
      store.write(PODS, key("kept"), Store.ABSENT, object("kept"));
      Stored gone = store.write(PODS, key("gone"), Store.ABSENT, object("gone")).orElseThrow();
      store.remove(PODS, key("gone"), gone.revision(), object("gone"));
    }
    try (Store store = open()) {
      assertThat(store.list(PODS, "").objects())
          .extracting(it -> it.key().name())
          .containsExactly("kept");
      assertThat(store.revision()).isEqualTo(3);
      assertThatThrownBy(() -> store.watch(PODS, 1, event -> {}))
          .isInstanceOf(CompactedException.class);
    }
  }

  @Test
  void aSnapshotStandsForTheChangesBeforeIt() throws IOException {
    FolderJournal journal = new FolderJournal(folder);
    try (Store store = new Store(journal, 10)) {
      store.write(PODS, key("a"), Store.ABSENT, object("a"));
      journal.snapshot(store.everything());
      store.write(PODS, key("b"), Store.ABSENT, object("b"));
    }
    assertThat(Files.readAllLines(folder.resolve("changes.jsonl"))).hasSize(1);
    try (Store store = open()) {
      assertThat(store.list(PODS, "").objects())
          .extracting(Stored::revision)
          .containsExactly(1L, 2L);
    }
  }

  @Test
  void aLineThatWasCutOffIsAsIfItHadNotBeenWritten() throws IOException {
    try (Store store = open()) {
      store.write(PODS, key("a"), Store.ABSENT, object("a"));
    }
    Files.writeString(
        folder.resolve("changes.jsonl"), "{\"revision\":2,\"plu", StandardOpenOption.APPEND);
    try (Store store = open()) {
      assertThat(store.revision()).isEqualTo(1);
      store.write(PODS, key("b"), Store.ABSENT, object("b"));
    }
    try (Store store = open()) {
      assertThat(store.list(PODS, "").objects())
          .extracting(it -> it.key().name())
          .containsExactly("a", "b");
    }
  }

  private Store open() throws IOException {
    return new Store(new FolderJournal(folder), 10);
  }

  private static ObjectKey key(String name) {
    return new ObjectKey("ns", name);
  }

  private static ObjectNode object(String name) {
    ObjectNode object = Json.object();
    object.putObject("metadata").put("name", name);
    return object;
  }
}
