package dev.firstday.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.contract.Contract;
import dev.firstday.contract.TrainingReport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressBoardTest {
  private final AtomicLong nanos = new AtomicLong();
  private final ProgressBoard board = new ProgressBoard(nanos::get);
  private final Watcher watcher = board.watch("run-1");

  @Test
  void aStepTellsLossRateAndWhatIsLeft() {
    assertThat(board.last()).isEmpty();
    step(1, 1, 0.8);
    step(1, 2, 0.6);

    // 2 of 3 * 4 steps took 2 s, each with 50 rows
    assertThat(board.last())
        .contains(new TrainingReport("run-1", 1, 3, 2, 4, 0.7, null, 50.0, 10L));
  }

  @Test
  void validationTakesNoTimeFromTheNextEpoch() {
    step(1, 4, 0.5);
    nanos.addAndGet(Duration.ofMinutes(5).toNanos());
    watcher.epoch(new Epoch(1, 3, 0.5, MetricName.LOG_LOSS, 0.451, true, 1));
    step(2, 1, 0.4);

    TrainingReport now = board.last().orElseThrow();
    assertThat(now.validation()).isEqualTo("logLoss=0.4510");
    assertThat(now.loss()).isEqualTo(0.4);
    assertThat(now.samplesPerSecond()).isEqualTo(50);
    assertThat(now.secondsLeft()).isEqualTo(7);
  }

  @Test
  void whoAsksIsToldAndBeforeTheFirstStepThereIsNothingToTell() throws Exception {
    try (ProgressServer server =
        ProgressServer.start(new InetSocketAddress("127.0.0.1", 0), board)) {
      int port = server.address().orElseThrow().getPort();
      assertThat(ask(port).statusCode()).isEqualTo(204);
      step(1, 1, 0.8);
      assertThat(Contract.read(ask(port).body(), TrainingReport.class))
          .isEqualTo(board.last().orElseThrow());
    }
  }

  @Test
  void trainingGoesOnWhereNobodyCanListen() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      InetSocketAddress address = new InetSocketAddress("0.0.0.0", taken.getLocalPort());
      try (ProgressServer server = ProgressServer.start(address, board)) {
        assertThat(server.address()).isEmpty();
      }
    }
  }

  private void step(int epoch, int number, double loss) {
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    watcher.step(new Watcher.Step(epoch, 3, number, 4, 50, loss));
  }

  private static HttpResponse<String> ask(int port) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + TrainingReport.PATH))
                .build(),
            BodyHandlers.ofString());
  }
}
