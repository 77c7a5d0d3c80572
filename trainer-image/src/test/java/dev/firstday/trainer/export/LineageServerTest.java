package dev.firstday.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineageServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @Test
  void postsToTheUsualPathUnlessAnotherIsGiven() {
    try (LineageSink sink = LineageSink.answering(201)) {
      assertThat(server("http://" + sink.address()).post("{}")).isTrue();
      assertThat(server("http://" + sink.address() + "/").post("{}")).isTrue();
      assertThat(server("http://" + sink.address() + "/other?key=k").post("{\"a\":1}")).isTrue();

      assertThat(sink.requests())
          .containsExactly(
              new LineageSink.Request("POST /api/v1/lineage", null, "{}"),
              new LineageSink.Request("POST /api/v1/lineage", null, "{}"),
              new LineageSink.Request("POST /other?key=k", null, "{\"a\":1}"));
    }
  }

  @Test
  void sendsUserAndPasswordAsHeader() {
    try (LineageSink sink = LineageSink.answering(200)) {
      server("http://me:pa%20ss@" + sink.address()).post("{}");

      assertThat(sink.requests())
          .extracting(LineageSink.Request::authorization)
          .containsExactly("Basic bWU6cGEgc3M=");
    }
  }

  @Test
  void saysWhereAndNeverWithWhat() {
    try (LineageSink sink = LineageSink.answering(403)) {
      String log =
          logOf(() -> server("http://me:pass@" + sink.address() + "/in?key=secret").post("{}"));

      assertThat(log)
          .contains("http://" + sink.address() + "/in (it answers 403)")
          .doesNotContain("pass")
          .doesNotContain("secret");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://me:pass@ho st/",
        "ftp://me:pass@host/",
        "me:pass@host",
        "http://me:pass@/x",
        "http://[::pass"
      })
  void doesNotRepeatWhatIsNoUrl(String url) {
    String log = logOf(() -> LineageServer.of(url, PATIENCE).isPresent());

    assertThat(log).contains("FIRSTDAY_OPENLINEAGE_URL").doesNotContain("pass");
  }

  @Test
  void givesUpOnAServerThatHangs() {
    try (LineageSink silent = LineageSink.hanging();
        LineageSink slow = LineageSink.hangingInTheMiddle()) {
      for (LineageSink sink : new LineageSink[] {silent, slow}) {
        long started = System.nanoTime();
        assertThat(server("http://" + sink.address()).post("{}")).isFalse();

        assertThat(Duration.ofNanos(System.nanoTime() - started))
            .isLessThan(PATIENCE.plusSeconds(2));
        assertThat(sink.requests()).hasSize(1);
      }
    }
  }

  @Test
  void givesUpOnAServerThatIsNotThere() throws IOException {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }

    assertThat(logOf(() -> server("http://127.0.0.1:" + port).post("{}")))
        .contains("http://127.0.0.1:" + port + "/api/v1/lineage");
  }

  private static LineageServer server(String url) {
    return LineageServer.of(url, PATIENCE).orElseThrow();
  }

  /** What is logged during an attempt that fails. */
  private static String logOf(Supplier<Boolean> attempt) {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      assertThat(attempt.get()).isFalse();
    } finally {
      System.setErr(before);
    }
    return log.toString(StandardCharsets.UTF_8);
  }
}
