package dev.firstday.server.predict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import dev.firstday.contract.Contract;
import dev.firstday.server.grpc.wire.ModelInferRequest;
import dev.firstday.server.grpc.wire.ModelInferResponse;
import dev.firstday.server.grpc.wire.ModelMetadataRequest;
import dev.firstday.server.grpc.wire.ModelMetadataResponse;
import dev.firstday.server.grpc.wire.ModelReadyRequest;
import dev.firstday.server.grpc.wire.ModelReadyResponse;
import dev.firstday.server.grpc.wire.ServerLiveRequest;
import dev.firstday.server.grpc.wire.ServerLiveResponse;
import dev.firstday.server.grpc.wire.ServerMetadataRequest;
import dev.firstday.server.grpc.wire.ServerMetadataResponse;
import dev.firstday.server.grpc.wire.ServerReadyRequest;
import dev.firstday.server.grpc.wire.ServerReadyResponse;
import dev.firstday.server.http.GrpcCaller;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcStatus;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictorGrpcTest {
  private static final String ROWS =
      """
      {"instances":[
        {"carrier":"UA","hour":17,"distance":1400.5,"scheduled":"2013-10-01T17:00:00Z","holiday":false},
        {"carrier":"AA","hour":5,"distance":200,"scheduled":"2013-10-02","holiday":true}]}""";
  private static final String COLUMNS =
      """
      model_name: "delays" id: "a1"
      inputs { name: "carrier" datatype: "BYTES" shape: [2, 1]
               contents { bytes_contents: ["UA", "AA"] } }
      inputs { name: "hour" datatype: "INT32" shape: 2 contents { int_contents: [17, 5] } }
      inputs { name: "distance" datatype: "FP32" shape: 2
               contents { fp32_contents: [1400.5, 200] } }
      inputs { name: "scheduled" datatype: "BYTES" shape: 2
               contents { bytes_contents: ["2013-10-01T17:00:00Z", "2013-10-02"] } }
      inputs { name: "holiday" datatype: "BOOL" shape: 2
               contents { bool_contents: [false, true] } }
      """;

  private static final Vertx VERTX = Vertx.vertx();
  private static RunningPredictor predictor;
  private static GrpcCaller caller;

  @BeforeAll
  static void start() throws Exception {
    predictor = new RunningPredictor().load(TinyModel.of(TinyModel.LATE));
    caller = new GrpcCaller(VERTX, predictor.uri("").getPort());
  }

  @AfterAll
  static void stop() {
    predictor.close();
    VERTX.close().toCompletionStage().toCompletableFuture().join();
  }

  private static ModelInferRequest request(String text) throws TextFormat.ParseException {
    return TextFormat.parse(text, ModelInferRequest.class);
  }

  private static ModelInferRequest encodedInputs(int rows) throws Exception {
    String shape =
        Contract.read(predictor.get("/v2/models/delays").body(), JsonNode.class)
            .at("/properties/encoded_inputs")
            .asText();
    int width = Integer.parseInt(shape.replaceAll(".*,(\\d+)]", "$1"));
    return request(
            "model_name: 'delays' inputs { name: 'features' datatype: 'FP32' shape: [%d, %d] }"
                .formatted(rows, width))
        .toBuilder()
        .addRawInputContents(ByteString.copyFrom(new byte[rows * width * Float.BYTES]))
        .build();
  }

  @Test
  void columnsAreAnsweredAsOverRest() throws Exception {
    JsonNode rest = Contract.read(predictor.infer(ROWS).body(), JsonNode.class);

    ModelInferResponse answer = caller.infer(request(COLUMNS)).message();

    assertThat(answer.getModelName()).isEqualTo("delays");
    assertThat(answer.getModelVersion()).isEqualTo("3");
    assertThat(answer.getId()).isEqualTo("a1");
    assertThat(answer.getParametersOrThrow("model_digest").getStringParam()).hasSize(64);
    assertThat(answer.getOutputs(0).getName()).isEqualTo("late");
    assertThat(answer.getOutputs(0).getContents().getBoolContentsCount()).isEqualTo(2);
    Float[] probabilities =
        StreamSupport.stream(rest.at("/outputs/1/data").spliterator(), false)
            .map(JsonNode::floatValue)
            .toArray(Float[]::new);
    assertThat(answer.getOutputs(1).getContents().getFp32ContentsList())
        .containsExactly(probabilities);
  }

  @Test
  void rawInputsHaveRawOutputs() throws Exception {
    ModelInferResponse answer = caller.infer(encodedInputs(2)).message();

    assertThat(answer.getOutputs(1).getName()).isEqualTo("probability");
    assertThat(answer.getOutputs(1).hasContents()).isFalse();
    assertThat(answer.getRawOutputContents(0).size()).isEqualTo(2);
    assertThat(answer.getRawOutputContents(1).size()).isEqualTo(2 * Float.BYTES);
    assertThat(answer.getId()).isNotEmpty();
  }

  @Test
  void largeRequestsAreAnsweredToo() throws Exception {
    int rows = 8000;
    ModelInferRequest request = encodedInputs(rows);
    assertThat(request.getSerializedSize()).isGreaterThan(128 << 10);

    GrpcCaller.Answer<ModelInferResponse> answer = caller.infer(request);

    assertThat(answer.error()).isNull();
    assertThat(answer.message().getOutputs(0).getShapeList()).containsExactly((long) rows);
  }

  @Test
  void onlyTheOutputsAskedForAreGiven() throws Exception {
    ModelInferResponse answer =
        caller.infer(request(COLUMNS + "outputs { name: 'probability' }")).message();

    assertThat(answer.getOutputsList()).hasSize(1);
    assertThat(answer.getOutputs(0).getName()).isEqualTo("probability");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: \"hour\"  | name: \"houre\" | INVALID_ARGUMENT | did you mean hour?",
        "[1400.5, 200]   | [1400.5, nan]   | INVALID_ARGUMENT | distance",
        "[17, 5]         | [17]            | INVALID_ARGUMENT | shape [2] needs 2 values, contents has 1",
        "\"a1\"          | \"a1\" outputs { name: 'no' } | INVALID_ARGUMENT | output 'no' is unknown",
        "\"delays\"      | \"other\"       | NOT_FOUND        | model 'other' is not here",
        "\"a1\"          | \"a1\" model_version: '4' | NOT_FOUND | version '4' of 'delays' is not here"
      })
  void errorsSayWhatRestSays(String part, String instead, GrpcStatus status, String message)
      throws Exception {
    GrpcCaller.Answer<ModelInferResponse> answer =
        caller.infer(request(COLUMNS.replace(part, instead)));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.error()).contains(message);
  }

  @Test
  void bytesThatAreNoMessageAreRefused() throws Exception {
    assertThat(caller.callRaw("ModelInfer", new byte[] {-1, -1, -1}).status())
        .isEqualTo(GrpcStatus.INVALID_ARGUMENT);
    assertThat(caller.callRaw("ModelForget", new byte[0]).status())
        .isEqualTo(GrpcStatus.UNIMPLEMENTED);
    assertThat(caller.callRaw("ServerLive", new byte[0], "grpc-encoding", "gzip").error())
        .contains("grpc-encoding 'gzip' is not understood");
  }

  @Test
  void messagesThatAreTooLargeAreRefused() throws Exception {
    GrpcCaller.Answer<?> large =
        caller.callRaw("ModelInfer", new byte[RunningPredictor.MAX_BYTES + 1]);
    int numbers = RunningPredictor.MAX_BYTES / Long.BYTES;
    GrpcCaller.Answer<?> grows =
        caller.infer(
            request(
                "inputs { name: 'hour' datatype: 'INT64' shape: %d contents { int64_contents: [%s] } }"
                    .formatted(numbers, "1,".repeat(numbers - 1) + "1")));

    assertThat(large.status()).isEqualTo(GrpcStatus.RESOURCE_EXHAUSTED);
    assertThat(large.error()).contains("larger than 1048576 bytes");
    assertThat(grows.status()).isEqualTo(GrpcStatus.RESOURCE_EXHAUSTED);
  }

  @Test
  void aLongErrorFitsIntoAHeader() throws Exception {
    GrpcCaller.Answer<?> answer =
        caller.infer(request(COLUMNS.replace("delays", "m".repeat(100_000))));

    assertThat(answer.status()).isEqualTo(GrpcStatus.NOT_FOUND);
    assertThat(answer.error()).hasSize(2000);
  }

  @Test
  void theRequestIdIsTheCallersOrANewOne() throws Exception {
    assertThat(caller.infer(request(COLUMNS), "x-request-id", "r-1").headers())
        .containsEntry("x-request-id", "r-1");
    assertThat(caller.infer(ModelInferRequest.getDefaultInstance()).headers().get("x-request-id"))
        .isNotEmpty();
  }

  @Test
  void metadataAndHealthAreThoseOfRest() throws Exception {
    ModelMetadataResponse model =
        caller
            .call(
                "ModelMetadata",
                ModelMetadataRequest.newBuilder().setName("delays").build(),
                ModelMetadataResponse.parser())
            .message();
    ServerMetadataResponse server =
        caller
            .call(
                "ServerMetadata",
                ServerMetadataRequest.getDefaultInstance(),
                ServerMetadataResponse.parser())
            .message();

    assertThat(model.getInputsList())
        .extracting(ModelMetadataResponse.TensorMetadata::getDatatype)
        .containsExactly("BYTES", "INT64", "FP64", "BYTES", "BOOL");
    assertThat(model.getPropertiesOrThrow("label")).isEqualTo("late");
    assertThat(server.getName()).isEqualTo("firstday-predictor");
    assertThat(ready(caller)).isTrue();
    assertThat(modelReady(caller, "").message().getReady()).isTrue();
    assertThat(modelReady(caller, "4").status()).isEqualTo(GrpcStatus.NOT_FOUND);
  }

  @Test
  void beforeTheModelIsLoadedNothingIsReady() throws Exception {
    try (RunningPredictor loading = new RunningPredictor()) {
      GrpcCaller early = new GrpcCaller(VERTX, loading.uri("").getPort());

      assertThat(
              early
                  .call(
                      "ServerLive",
                      ServerLiveRequest.getDefaultInstance(),
                      ServerLiveResponse.parser())
                  .message()
                  .getLive())
          .isTrue();
      assertThat(ready(early)).isFalse();
      assertThat(modelReady(early, "").message().getReady()).isFalse();
      assertThat(early.infer(request(COLUMNS)).status()).isEqualTo(GrpcStatus.UNAVAILABLE);
    }
  }

  private static boolean ready(GrpcCaller caller) throws Exception {
    return caller
        .call("ServerReady", ServerReadyRequest.getDefaultInstance(), ServerReadyResponse.parser())
        .message()
        .getReady();
  }

  private static GrpcCaller.Answer<ModelReadyResponse> modelReady(GrpcCaller caller, String version)
      throws Exception {
    return caller.call(
        "ModelReady",
        ModelReadyRequest.newBuilder().setName("delays").setVersion(version).build(),
        ModelReadyResponse.parser());
  }
}
