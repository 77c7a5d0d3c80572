package dev.firstday.server.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.RunFailure;
import dev.firstday.server.MetricsTable;
import dev.firstday.server.Scrape;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictorServerTest {
  private static final String ROW =
      """
      {"carrier":"UA","hour":17,"distance":1400.5,"scheduled":"2013-10-01T17:00:00Z","holiday":false}""";
  private static final String COLUMNS =
      """
      {"id":"a1","inputs":[
        {"name":"carrier","datatype":"BYTES","shape":[2,1],"data":[["UA"],["AA"]]},
        {"name":"hour","datatype":"INT32","shape":[2],"data":[17,5]},
        {"name":"distance","datatype":"FP32","shape":[2],"data":[1400.5,null]},
        {"name":"scheduled","datatype":"BYTES","shape":[2],"data":["2013-10-01T17:00:00Z","2013-10-02"]},
        {"name":"holiday","datatype":"BOOL","shape":[2],"data":[false,true]}]}""";

  private static RunningPredictor predictor;

  @BeforeAll
  static void start() throws Exception {
    predictor = new RunningPredictor().load(TinyModel.of(TinyModel.LATE));
  }

  @AfterAll
  static void stop() {
    predictor.close();
  }

  private static JsonNode json(HttpResponse<String> response) {
    return Contract.read(response.body(), JsonNode.class);
  }

  private static JsonNode answer(String body) throws Exception {
    HttpResponse<String> response = predictor.infer(body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json(response);
  }

  @Test
  void aRowIsAnsweredAsTheUserHasIt() throws Exception {
    JsonNode answer = answer(ROW);

    assertThat(answer.get("model_name").asText()).isEqualTo("delays");
    assertThat(answer.get("model_version").asText()).isEqualTo("3");
    assertThat(answer.get("id").asText()).isNotEmpty();
    assertThat(answer.get("parameters").get("dataset_version").asText()).isEqualTo("flights/3");
    assertThat(answer.get("parameters").get("model_digest").asText()).hasSize(64);
    JsonNode late = answer.get("outputs").get(0);
    JsonNode probability = answer.get("outputs").get(1);
    assertThat(late.get("name").asText()).isEqualTo("late");
    assertThat(late.get("datatype").asText()).isEqualTo("BOOL");
    assertThat(probability.get("name").asText()).isEqualTo("probability");
    assertThat(probability.get("shape").toString()).isEqualTo("[1]");
    double p = probability.get("data").get(0).asDouble();
    assertThat(p).isBetween(0.0, 1.0);
    assertThat(late.get("data").get(0).asBoolean()).isEqualTo(p >= 0.5);
  }

  @Test
  void allFormsOfARequestGetTheSameAnswer() throws Exception {
    double row = probability(answer(ROW), 0);

    assertThat(probability(answer("[" + ROW + "]"), 0)).isEqualTo(row);
    assertThat(probability(answer("{\"instances\":[" + ROW + "]}"), 0)).isEqualTo(row);
    JsonNode columns = answer(COLUMNS);
    assertThat(columns.get("id").asText()).isEqualTo("a1");
    assertThat(probability(columns, 0)).isCloseTo(row, within(1e-6));
    assertThat(columns.get("outputs").get(0).get("shape").toString()).isEqualTo("[2]");
  }

  @Test
  void anAnswerHasTheIdThatTheBodyHadAndElseThatOfTheHeader() throws Exception {
    HttpResponse<String> made = predictor.infer(ROW);
    assertThat(json(made).get("id").asText())
        .isEqualTo(made.headers().firstValue("X-Request-Id").orElseThrow());

    HttpRequest.Builder given =
        HttpRequest.newBuilder(predictor.uri("/v2/models/delays/infer"))
            .header("X-Request-Id", "r-1");
    assertThat(json(predictor.send(given.POST(BodyPublishers.ofString(ROW)))).get("id").asText())
        .isEqualTo("r-1");
    HttpResponse<String> both = predictor.send(given.POST(BodyPublishers.ofString(COLUMNS)));
    assertThat(json(both).get("id").asText()).isEqualTo("a1");
    assertThat(both.headers().firstValue("X-Request-Id")).contains("r-1");
  }

  private static double probability(JsonNode answer, int row) {
    return answer.get("outputs").get(1).get("data").get(row).asDouble();
  }

  @Test
  void encodedInputsAreTakenAsOneTensor() throws Exception {
    JsonNode metadata = json(predictor.get("/v2/models/delays"));
    String encoded = metadata.get("properties").get("encoded_inputs").asText();
    int width = Integer.parseInt(encoded.replaceAll(".*,(\\d+)]", "$1"));
    String zeros = "0,".repeat(2 * width - 1) + "0";

    JsonNode answer =
        answer(
            """
            {"inputs":[{"name":"features","datatype":"FP32","shape":[2,%d],"data":[%s]}]}"""
                .formatted(width, zeros));

    assertThat(probability(answer, 0)).isEqualTo(probability(answer, 1));
    assertThat(
            predictor
                .infer(
                    "{\"inputs\":[{\"name\":\"features\",\"datatype\":\"FP32\",\"shape\":[1,1],\"data\":[0]}]}")
                .body())
        .contains("encoded inputs have the shape [rows," + width + "]");
  }

  @Test
  void onlyTheOutputsAskedForAreGiven() throws Exception {
    JsonNode answer =
        answer(COLUMNS.replaceFirst("\\{", "{\"outputs\":[{\"name\":\"probability\"}],"));

    assertThat(answer.get("outputs")).hasSize(1);
    assertThat(answer.get("outputs").get(0).get("name").asText()).isEqualTo("probability");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"hour\":17     | \"hours\":17         | column 'hours' is unknown (did you mean hour?)",
        "\"hour\":17,    | ''                   | no value for hour; send null where",
        "\"hour\":17     | \"hour\":\"17\"      | hour",
        "\"hour\":17     | \"hour\":[17]        | column hour: a value is a string, a number",
        "\"hour\":17     | \"hour\":1.5         | hour",
        "1400.5          | \"far\"              | distance",
        "1400.5          | \"12.6\"             | a finite number, but a string: write it without quotes",
        "1400.5          | NaN                  | not JSON",
        "2013-10-01T     | yesterday            | scheduled",
        "\"holiday\":false | \"holiday\":0      | holiday",
        "}               | ''                   | the body is not JSON"
      })
  void aRowThatDoesNotFitSaysWhere(String part, String instead, String message) throws Exception {
    HttpResponse<String> response = predictor.infer(ROW.replace(part, instead));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).get("error").asText()).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[17,5]               | [17]       | shape [2] needs 2 values, data has 1",
        "INT32                | INT23      | datatype 'INT23'",
        "\"shape\":[2,1]      | \"shape\":[1,2] | shape",
        "\"name\":\"hour\"    | \"name\":\"houre\" | did you mean hour?",
        "\"name\":\"hour\"    | \"name\":\"carrier\" | carrier' is there twice"
      })
  void aTensorThatDoesNotFitSaysWhere(String part, String instead, String message)
      throws Exception {
    HttpResponse<String> response = predictor.infer(COLUMNS.replace(part, instead));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains(message);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  /v2,                                200",
    "GET,  /v2/,                               200",
    "GET,  /v2/health/live,                    200",
    "GET,  /v2/health/ready,                   200",
    "GET,  /v2/models,                         200",
    "GET,  /v2/models/delays,                  200",
    "GET,  /v2/models/delays/versions/3,       200",
    "GET,  /v2/models/delays/ready,            200",
    "GET,  /v2/models/delays/versions/3/ready, 200",
    "GET,  /v2/models/other,                   404",
    "GET,  /v2/models/delays/versions/4,       404",
    "GET,  /v2/models/delays/versions/4/ready, 404",
    "GET,  /v3,                                404",
    "POST, /v2,                                405",
    "GET,  /v2/models/delays/infer,            405",
    "POST, /v2/models/delays/infer,            400",
    "POST, /v2/models/delays/versions/4/infer, 404",
    "POST, /v2/models/other/infer,             404"
  })
  void pathsAnswerWithTheRightCode(String method, String path, int status) throws Exception {
    HttpResponse<String> response =
        predictor.send(
            HttpRequest.newBuilder(predictor.uri(path))
                .method(method, HttpRequest.BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(json(response).has("error")).isEqualTo(status != 200);
  }

  @Test
  void metadataNamesColumnsAndOutputs() throws Exception {
    JsonNode metadata = json(predictor.get("/v2/models/delays"));

    assertThat(metadata.get("platform").asText()).isEqualTo("deeplearning4j_zip");
    assertThat(metadata.get("versions").toString()).isEqualTo("[\"3\"]");
    assertThat(metadata.get("inputs").findValuesAsText("name"))
        .isEqualTo(List.of("carrier", "hour", "distance", "scheduled", "holiday"));
    assertThat(metadata.get("inputs").findValuesAsText("datatype"))
        .isEqualTo(List.of("BYTES", "INT64", "FP64", "BYTES", "BOOL"));
    assertThat(metadata.get("outputs").findValuesAsText("name"))
        .isEqualTo(List.of("late", "probability"));
    assertThat(metadata.get("properties").get("label").asText()).isEqualTo("late");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/octet-stream", "application/x-www-form-urlencoded"})
  void anotherMediaTypeIsRefused(String type) throws Exception {
    HttpResponse<String> response = predictor.post("/v2/models/delays/infer", type, ROW);

    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(json(response).get("error").asText()).contains("send application/json");
  }

  @Test
  void aRequestThatIsTooLargeIsRefused() throws Exception {
    HttpResponse<String> response = predictor.infer(" ".repeat(RunningPredictor.MAX_BYTES) + ROW);

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(json(response).get("error").asText()).contains("larger than 1048576 bytes");
  }

  @Test
  void goldenRequestsAreToldAndAnswered() throws Exception {
    JsonNode golden = json(predictor.getAdmin("/admin/golden"));

    assertThat(golden).hasSize(8);
    for (JsonNode request : golden) {
      answer(request.toString());
    }
  }

  @Test
  void metricsCountAnswersByCode() throws Exception {
    predictor.infer(ROW);
    predictor.infer("{}");

    assertThat(predictor.getAdmin("/metrics").body())
        .contains("firstday_predictor_requests_total{code=\"200\",}")
        .contains("firstday_predictor_requests_total{code=\"400\",}")
        .contains("firstday_predictor_model_info{model=\"delays\",version=\"3\",");
  }

  @Test
  void theTableHasWhatPredictorsTell() throws Exception {
    assertThat(MetricsTable.of("Predictor"))
        .isEqualTo(MetricsTable.toldIn(predictor.getAdmin("/metrics").body()));
  }

  @Test
  void classesAndNumbersHaveTheirOwnOutputs() throws Exception {
    try (RunningPredictor classes = new RunningPredictor().load(TinyModel.of(TinyModel.WHO));
        RunningPredictor number = new RunningPredictor().load(TinyModel.of(TinyModel.DELAY))) {
      JsonNode who = json(classes.infer("[" + ROW + "," + ROW + "]")).get("outputs");
      assertThat(who.get(0).get("datatype").asText()).isEqualTo("BYTES");
      assertThat(who.get(0).get("data").get(0).asText()).isIn("crew", "tower", "weather");
      assertThat(who.get(1).get("shape").toString()).isEqualTo("[2,3]");
      assertThat(who.get(1).get("data")).hasSize(6);

      JsonNode delay = json(number.infer(ROW)).get("outputs");
      assertThat(delay.get(0).get("name").asText()).isEqualTo("delay");
      assertThat(delay.get(0).get("datatype").asText()).isEqualTo("FP64");
      JsonNode metadata = json(number.get("/v2/models/delays"));
      assertThat(metadata.get("properties").get("label_std").asText()).isEqualTo("30.0");
    }
  }

  @Test
  void severalLabelsAreARowEach() throws Exception {
    try (RunningPredictor predictor = new RunningPredictor().load(TinyModel.of(TinyModel.LABELS))) {
      JsonNode outputs = json(predictor.infer("[" + ROW + "," + ROW + "]")).get("outputs");
      assertThat(outputs.get(0).get("name").asText()).isEqualTo("labels");
      assertThat(outputs.get(0).get("datatype").asText()).isEqualTo("BOOL");
      assertThat(outputs.get(0).get("shape").toString()).isEqualTo("[2,3]");
      assertThat(outputs.get(1).get("name").asText()).isEqualTo("probabilities");
      assertThat(outputs.get(1).get("shape").toString()).isEqualTo("[2,3]");
      for (int i = 0; i < 6; i++) {
        assertThat(outputs.get(0).get("data").get(i).asBoolean())
            .isEqualTo(outputs.get(1).get("data").get(i).asDouble() >= 0.5);
      }
      JsonNode metadata = json(predictor.get("/v2/models/delays"));
      assertThat(metadata.get("properties").get("label").asText()).isEqualTo("labels");
      assertThat(metadata.get("properties").get("labels").asText()).isEqualTo("late,full,cheap");
      assertThat(metadata.get("outputs").get(0).get("shape").toString()).isEqualTo("[-1,3]");
    }
  }

  @Test
  void beforeTheModelIsLoadedAnswersAre503() throws Exception {
    try (RunningPredictor loading = new RunningPredictor()) {
      assertThat(loading.get("/v2/health/live").statusCode()).isEqualTo(200);
      assertThat(loading.get("/v2/health/ready").statusCode()).isEqualTo(503);
      assertThat(loading.get("/v2/models/delays/ready").statusCode()).isEqualTo(503);
      assertThat(loading.getAdmin("/healthz").statusCode()).isEqualTo(200);
      assertThat(loading.getAdmin("/readyz").statusCode()).isEqualTo(503);
      HttpResponse<String> infer = loading.infer(ROW);
      assertThat(infer.statusCode()).isEqualTo(503);
      assertThat(infer.headers().firstValue("Retry-After")).contains("1");
    }
  }

  @Test
  void aPredictorThatIsReadyHasWarmedUp() throws Exception {
    try (RunningPredictor ready = new RunningPredictor().load(TinyModel.of(TinyModel.LATE))) {
      assertThat(ready.getAdmin("/readyz").statusCode()).isEqualTo(200);
      // how many more there are in its few seconds depends on the machine
      assertThat(Scrape.value(ready.getAdmin("/metrics").body(), "firstday_predictor_rows_total"))
          .as("rows predicted before the first caller came, golden ones aside")
          .isGreaterThan(TinyModel.GOLDEN);
    }
  }

  @Test
  void aModelThatAnswersOtherwiseThanAtTrainingIsNotServed() throws Exception {
    try (RunningPredictor loading = new RunningPredictor()) {
      TinyModel other = TinyModel.withOtherAnswers(TinyModel.LATE);

      assertThatThrownBy(() -> loading.load(other))
          .isInstanceOfSatisfying(
              RunFailure.class, e -> assertThat(e.reason()).isEqualTo("GoldenMismatch"))
          .hasMessageContaining("golden row 0: the answer is");
      assertThat(loading.getAdmin("/readyz").statusCode()).isEqualTo(503);
    }
  }
}
