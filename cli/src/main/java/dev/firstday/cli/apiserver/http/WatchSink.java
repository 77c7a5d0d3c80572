package dev.firstday.cli.apiserver.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;

/** The other end of a watch: a response that goes on, or a web socket. */
interface WatchSink {

  void send(byte[] line);

  void end();

  /** Calls {@code action} when the other end has gone. */
  void whenGone(Runnable action);

  /** Lines down a chunked response. */
  record Chunks(HttpServerResponse response) implements WatchSink {

    @Override
    public void send(byte[] line) {
      response.write(Buffer.buffer(line));
    }

    @Override
    public void end() {
      if (!response.ended() && !response.closed()) {
        response.end();
      }
    }

    @Override
    public void whenGone(Runnable action) {
      response.closeHandler(gone -> action.run());
      response.endHandler(gone -> action.run());
    }
  }

  /** Text messages, one an event. */
  record Messages(ServerWebSocket socket) implements WatchSink {

    @Override
    public void send(byte[] line) {
      Future<Void> sent = socket.writeTextMessage(Buffer.buffer(line).toString());
      sent.onFailure(e -> socket.close());
    }

    @Override
    public void end() {
      if (!socket.isClosed()) {
        socket.close();
      }
    }

    @Override
    public void whenGone(Runnable action) {
      socket.closeHandler(gone -> action.run());
    }
  }
}
