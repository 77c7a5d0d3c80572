package dev.firstday.cli.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.cli.apiserver.PodLogs;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.objects.ApiException;
import dev.firstday.cli.apiserver.objects.ObjectApi;
import dev.firstday.cli.apiserver.store.Store;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** {@code kubectl logs}, with or without {@code -f}. */
final class Logs {
  private static final int CHUNK_BYTES = 1 << 16;
  private static final long POLL_MILLIS = 200;

  private final Vertx vertx;
  private final Store store;
  private final ObjectApi objects;
  private final PodLogs podLogs;

  Logs(Vertx vertx, Store store, ObjectApi objects, PodLogs podLogs) {
    this.vertx = vertx;
    this.store = store;
    this.objects = objects;
    this.podLogs = podLogs;
  }

  static boolean isWanted(Target target, Call call) {
    return target.subresource().equals("log") && call.method().equals("GET");
  }

  /**
   * Sends what the container has written, and goes on as it writes where that is asked for.
   *
   * @throws ApiException when there is no such pod or container
   */
  void send(Target target, Call call, HttpServerResponse response) throws IOException {
    JsonNode pod = objects.get(target.type(), target.key()).object();
    String container = container(pod, call);
    Path file = podLogs.file(target.namespace(), target.name(), container, call.flag("previous"));
    response.setChunked(true).putHeader("Content-Type", "text/plain; charset=utf-8");
    long position = start(file, call.parameter("tailLines"));
    position = copy(file, position, response);
    if (!call.flag("follow")) {
      response.end();
      return;
    }
    Tail tail = new Tail(target, container, file, response, position);
    long timer = vertx.setPeriodic(POLL_MILLIS, tail::poll);
    response.closeHandler(gone -> vertx.cancelTimer(timer));
  }

  private static String container(JsonNode pod, Call call) {
    List<String> names =
        Json.stream(Json.at(pod, "spec", "containers"))
            .map(container -> Json.text(container, "name"))
            .toList();
    String asked = call.parameter("container");
    if (asked.isEmpty()) {
      return names.get(0);
    }
    if (!names.contains(asked)) {
      throw ApiException.badRequest(
          "container " + asked + " is not valid for pod " + Json.text(pod, "metadata", "name"));
    }
    return asked;
  }

  /** Where the last so many lines begin. */
  private static long start(Path file, String tailLines) throws IOException {
    if (tailLines.isEmpty() || !Files.exists(file)) {
      return 0;
    }
    byte[] all = Files.readAllBytes(file);
    long wanted = Long.parseLong(tailLines);
    for (int i = all.length - 1; i > 0; i--) {
      if (all[i - 1] == '\n' && --wanted == 0) {
        return i;
      }
    }
    return wanted == 0 ? all.length : 0;
  }

  private static long copy(Path file, long from, HttpServerResponse response) throws IOException {
    long position = from;
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
      while (channel.read(chunk, position) > 0) {
        byte[] bytes = new byte[chunk.flip().remaining()];
        chunk.get(bytes);
        response.write(Buffer.buffer(bytes));
        position += bytes.length;
        chunk.clear();
      }
    } catch (NoSuchFileException e) {
      // nothing was written yet
      return position;
    }
    return position;
  }

  /** Follows a file until the container has ended, or the pod is gone. */
  private final class Tail {
    private final Target target;
    private final String container;
    private final Path file;
    private final HttpServerResponse response;
    private long position;

    Tail(Target target, String container, Path file, HttpServerResponse response, long position) {
      this.target = target;
      this.container = container;
      this.file = file;
      this.response = response;
      this.position = position;
    }

    void poll(long timer) {
      boolean isLast = hasEnded();
      try {
        position = copy(file, position, response);
      } catch (IOException e) {
        response.write("cannot read " + file + ": " + e.getMessage() + "\n");
        isLast = true;
      }
      if (isLast) {
        vertx.cancelTimer(timer);
        response.end();
      }
    }

    private boolean hasEnded() {
      return store
          .get(target.type().storedIn(), target.key())
          .map(
              pod ->
                  Json.stream(Json.at(pod.object(), "status", "containerStatuses"))
                      .filter(status -> Json.text(status, "name").equals(container))
                      .anyMatch(status -> status.path("state").has("terminated")))
          .orElse(true);
    }
  }
}
