package dev.firstday.cli.apiserver.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A folder with a snapshot of all objects and the changes since, one JSON document a line. A write
 * is with the operating system when it is acknowledged: it outlives the process, not a power cut.
 */
public final class FolderJournal implements Journal {
  private static final long SNAPSHOT_AFTER_BYTES = 32L << 20;

  private final Path folder;
  private final FileChannel lock;
  private final FileChannel changes;
  private long length;

  /**
   * @throws IOException when another server uses the folder, or it cannot be written
   */
  public FolderJournal(Path folder) throws IOException {
    Files.createDirectories(folder);
    this.folder = folder;
    this.lock =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock.tryLock() == null) {
      lock.close();
      throw new IOException(
          "the state in " + folder + " is in use by another process: stop that one first");
    }
    this.changes =
        FileChannel.open(
            changesFile(),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
  }

  @Override
  public Contents open() throws IOException {
    Recovery recovery = new Recovery();
    if (Files.exists(snapshotFile())) {
      try (var lines = Files.lines(snapshotFile())) {
        lines.forEach(line -> recovery.replay(Json.parse(line)));
      }
    }
    byte[] log = Files.readAllBytes(changesFile());
    int start = 0;
    for (int i = 0; i < log.length; i++) {
      if (log[i] == '\n') {
        recovery.replay(Json.parse(new String(log, start, i - start, StandardCharsets.UTF_8)));
        start = i + 1;
      }
    }
    // what follows the last line break was never acknowledged: the next write goes over it
    length = start;
    changes.truncate(length);
    return new Contents(recovery.revision, recovery.objects());
  }

  @Override
  public void written(Stored now) {
    ObjectNode line = line(now);
    line.set("object", now.object());
    append(line);
  }

  @Override
  public void removed(Stored last) {
    append(line(last));
  }

  @Override
  public boolean wantsSnapshot() {
    return length > SNAPSHOT_AFTER_BYTES;
  }

  @Override
  public void snapshot(Snapshot everything) {
    try {
      Path draft = folder.resolve("objects.jsonl.tmp");
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft))) {
        out.write(Json.bytes(Json.object().put("revision", everything.revision())));
        out.write('\n');
        for (Stored stored : everything.objects()) {
          ObjectNode line = line(stored);
          line.set("object", stored.object());
          out.write(Json.bytes(line));
          out.write('\n');
        }
      }
      Files.move(
          draft,
          snapshotFile(),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
      changes.truncate(0);
      length = 0;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + snapshotFile() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    changes.close();
    lock.close();
  }

  private void append(ObjectNode line) {
    byte[] json = Json.bytes(line);
    ByteBuffer bytes = ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
    try {
      long position = length;
      while (bytes.hasRemaining()) {
        position += changes.write(bytes, position);
      }
      length = position;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + changesFile() + ": " + e.getMessage(), e);
    }
  }

  private static ObjectNode line(Stored stored) {
    return Json.object()
        .put("revision", stored.revision())
        .put("group", stored.resource().group())
        .put("plural", stored.resource().plural())
        .put("namespace", stored.key().namespace())
        .put("name", stored.key().name());
  }

  private Path snapshotFile() {
    return folder.resolve("objects.jsonl");
  }

  private Path changesFile() {
    return folder.resolve("changes.jsonl");
  }

  /** Puts lines together to the objects they leave. */
  private static final class Recovery {
    private record Place(ResourceId resource, ObjectKey key) {}

    private final Map<Place, Stored> objects = new LinkedHashMap<>();
    private long revision;

    void replay(JsonNode line) {
      revision = Math.max(revision, line.path("revision").asLong());
      if (!line.has("plural")) {
        return;
      }
      ResourceId resource = new ResourceId(Json.text(line, "group"), Json.text(line, "plural"));
      ObjectKey key = new ObjectKey(Json.text(line, "namespace"), Json.text(line, "name"));
      Place place = new Place(resource, key);
      if (line.get("object") instanceof ObjectNode object) {
        objects.put(place, Stored.of(resource, key, line.path("revision").asLong(), object));
      } else {
        objects.remove(place);
      }
    }

    Collection<Stored> objects() {
      return objects.values();
    }
  }
}
