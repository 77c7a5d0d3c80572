package dev.firstday.operator.trainingjob;

import dev.firstday.contract.Contract;
import dev.firstday.contract.TrainingReport;
import dev.firstday.operator.http.HttpQuestions;
import java.net.HttpURLConnection;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Over HTTP. A trainer that takes longer than a second counts as silent. */
public final class HttpTrainerClient implements TrainerClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private static final int MAX_BYTES = 4096;

  private final HttpQuestions questions;
  private final int port;

  public HttpTrainerClient() {
    this(TrainingReport.PORT, TIMEOUT);
  }

  HttpTrainerClient(int port, Duration timeout) {
    this.port = port;
    this.questions = new HttpQuestions(timeout, MAX_BYTES);
  }

  @Override
  public Optional<TrainingReport> ask(String address) {
    return questions
        .ask(
            Map.of(address, questions.to(address, port, TrainingReport.PATH).GET().build()),
            HttpTrainerClient::read,
            words -> Optional.<TrainingReport>empty())
        .get(address);
  }

  private static Optional<TrainingReport> read(HttpResponse<String> response) {
    if (response.statusCode() != HttpURLConnection.HTTP_OK) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(Contract.read(response.body(), TrainingReport.class));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
