package dev.firstday.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.server.v2.ServerMetadata;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How requests are read, byte by byte. */
@Timeout(30)
class V2EndpointsTest {
  private static final int MAX_BYTES = 1000;
  private static final String INFER = "POST /v2/models/m/infer HTTP/1.1\r\nHost: test\r\n";

  private final Vertx vertx = Vertx.vertx();
  private Socket socket;
  private OutputStream out;
  private BufferedReader in;

  @BeforeEach
  void start() throws IOException {
    ServerSettings settings =
        new ServerSettings("127.0.0.1", 0, 0, MAX_BYTES, Duration.ZERO, Duration.ofSeconds(10));
    V2Endpoints endpoints =
        new V2Endpoints(
            new Echo(),
            new InFlight(),
            MAX_BYTES,
            Map.of("learn", call -> Future.succeededFuture(text("learnt"))));
    int port = join(new Listener(vertx, settings).protocol(endpoints));
    socket = new Socket("127.0.0.1", port);
    out = socket.getOutputStream();
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() throws IOException {
    socket.close();
    join(vertx.close());
  }

  private static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  private void send(String bytes) throws IOException {
    out.write(bytes.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static String chunk(String data) {
    return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
  }

  /** Status line and body of the next answer. */
  private String answer() throws IOException {
    String status = in.readLine();
    int length = 0;
    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      if (line.toLowerCase().startsWith("content-length:")) {
        length = Integer.parseInt(line.substring("content-length:".length()).trim());
      }
    }
    char[] body = new char[length];
    for (int read = 0; read < length; ) {
      read += in.read(body, read, length - read);
    }
    return status + " " + new String(body);
  }

  @Test
  void aBodyMayComeInPieces() throws IOException {
    send(INFER + "Transfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 9; i++) {
      send(chunk(String.valueOf(i).repeat(100)));
    }
    send(chunk("end") + "0\r\n\r\n");

    assertThat(answer()).isEqualTo("HTTP/1.1 200 OK 903 bytes, the last 8end");
  }

  @Test
  void aBodyThatIsAnnouncedTooLargeIsRefusedBeforeItComes() throws IOException {
    send(INFER + "Content-Length: 1001\r\nExpect: 100-continue\r\n\r\n");

    assertThat(answer()).startsWith("HTTP/1.1 413").contains("1000");
  }

  @Test
  void aBodyThatGrowsTooLargeIsRefusedAndTheNextRequestAnswered() throws IOException {
    send(INFER + "Transfer-Encoding: chunked\r\n\r\n" + chunk("x".repeat(600)));
    send(chunk("x".repeat(600)));
    assertThat(answer()).startsWith("HTTP/1.1 413");

    send(chunk("x".repeat(600)) + "0\r\n\r\n" + INFER + "Content-Length: 4\r\n\r\nnext");
    assertThat(answer()).isEqualTo("HTTP/1.1 200 OK 4 bytes, the last next");
  }

  @Test
  void aCallerWhoAsksWhetherToGoOnIsToldSo() throws IOException {
    send(INFER + "Content-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    assertThat(answer()).startsWith("HTTP/1.1 100 Continue");

    send("body");
    assertThat(answer()).isEqualTo("HTTP/1.1 200 OK 4 bytes, the last body");
  }

  @Test
  void anActionOfOnesOwnIsOfTheModelAlone() throws IOException {
    send("POST /v2/models/m/learn HTTP/1.1\r\nHost: test\r\nContent-Length: 0\r\n\r\n");
    assertThat(answer()).isEqualTo("HTTP/1.1 200 OK learnt");

    send("POST /v2/models/m/versions/1/learn HTTP/1.1\r\nHost: test\r\nContent-Length: 0\r\n\r\n");
    assertThat(answer()).startsWith("HTTP/1.1 404");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /v2/models/m/infer", "HEAD /v2/models/m", "DELETE /v2/models"})
  void anotherMethodIsRefused(String request) throws IOException {
    send(request + " HTTP/1.1\r\nHost: test\r\n\r\n");

    assertThat(in.readLine()).startsWith("HTTP/1.1 405");
  }

  private static Reply text(String text) {
    return Reply.json(200, text.getBytes(StandardCharsets.UTF_8));
  }

  private static final class Echo implements V2Service {
    @Override
    public ServerMetadata metadata() {
      return new ServerMetadata("echo", "1", List.of());
    }

    @Override
    public boolean ready() {
      return true;
    }

    @Override
    public List<String> models() {
      return List.of("m");
    }

    @Override
    public Future<Reply> modelMetadata(Call call) {
      return infer(call);
    }

    @Override
    public Future<Reply> modelReady(Call call) {
      return infer(call);
    }

    @Override
    public Future<Reply> infer(Call call) {
      String body = call.body().toString();
      String last = body.substring(Math.max(0, body.length() - 4));
      return Future.succeededFuture(text(body.length() + " bytes, the last " + last));
    }
  }
}
