package dev.firstday.server.route;

import static dev.firstday.server.route.RunningRouter.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.TextFormat;
import dev.firstday.api.PairCheck;
import dev.firstday.server.grpc.wire.ModelInferRequest;
import dev.firstday.server.grpc.wire.ModelInferResponse;
import dev.firstday.server.grpc.wire.ModelMetadataRequest;
import dev.firstday.server.grpc.wire.ModelMetadataResponse;
import dev.firstday.server.grpc.wire.ModelReadyRequest;
import dev.firstday.server.grpc.wire.ModelReadyResponse;
import dev.firstday.server.http.GrpcCaller;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcStatus;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouterGrpcTest {
  private static final String VERSION = "x-firstday-version";

  private final Vertx vertx = Vertx.vertx();
  private final FakeVersion one = new FakeVersion(vertx, 1);
  private final FakeVersion two = new FakeVersion(vertx, 2);
  private RunningRouter router;
  private GrpcCaller caller;

  @BeforeEach
  void start() throws Exception {
    router = new RunningRouter(vertx, two);
    caller = new GrpcCaller(vertx, router.port());
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static ModelInferRequest request(String more) throws TextFormat.ParseException {
    return TextFormat.parse(
        "model_name: 'delays' inputs { name: 'hour' datatype: 'INT64' shape: 1"
            + " contents { int64_contents: 17 } } "
            + more,
        ModelInferRequest.class);
  }

  private GrpcCaller.Answer<ModelInferResponse> infer(String... headers) throws Exception {
    return caller.infer(request(""), headers);
  }

  @Test
  void theVersionThatTheRoutesChooseAnswers() throws Exception {
    router.put(one.backend(0), two.backend(0));
    router.awaitGolden();

    GrpcCaller.Answer<ModelInferResponse> answer = infer("x-request-id", "r-7");
    assertThat(answer.status()).isEqualTo(GrpcStatus.OK);
    assertThat(answer.message().getOutputs(0).getContents().getBoolContentsList())
        .containsExactly(true);
    assertThat(answer.headers()).containsEntry(VERSION, "1").containsEntry("x-request-id", "r-7");
    assertThat(one.lastId()).isEqualTo("r-7");
    assertThat(caller.infer(request("model_version: '2'")).headers()).containsEntry(VERSION, "2");
    assertThat(caller.infer(request("model_version: '3'")).status())
        .isEqualTo(GrpcStatus.NOT_FOUND);
  }

  @Test
  void whatTheCandidateFailsStableAnswers() throws Exception {
    router.put(one.backend(0), two.backend(100));
    router.awaitGolden();
    for (var fault : List.of(two.fails(500), two.hangs(), two.breaksOff())) {
      two.does(fault);
      assertThat(infer().headers()).containsEntry(VERSION, "1");
    }

    await().atMost(LONG).until(() -> router.live(PairCheck.ERRORS).bad() == 2);
    await().atMost(LONG).until(() -> router.live(PairCheck.TIMEOUTS).bad() == 1);
  }

  @Test
  void callsAreShadowedComparedAndCounted() throws Exception {
    two.does(two.says(false));
    router.put(one.backend(0), two.backend(0), 100, null);
    router.awaitGolden();

    for (int i = 0; i < 5; i++) {
      assertThat(infer().headers()).containsEntry(VERSION, "1");
    }

    await().atMost(LONG).until(() -> router.live(PairCheck.DISAGREEMENT).bad() == 5);
    assertThat(router.metrics())
        .contains("firstday_router_requests_total{variant=\"stable\",code=\"200\",} 5.0");
  }

  @Test
  void aKeyStaysOnItsVersion() throws Exception {
    router.put(one.backend(0), two.backend(50));
    router.awaitGolden();
    String first = infer("x-firstday-key", "passenger-7").headers().get(VERSION);

    for (int i = 0; i < 20; i++) {
      assertThat(infer("x-firstday-key", "passenger-7").headers()).containsEntry(VERSION, first);
    }
  }

  @Test
  void whatVersionsRefuseIsToldWithTheirWords() throws Exception {
    router.put(one.backend(0), null);
    one.does(one.fails(400));
    GrpcCaller.Answer<?> refused = infer();
    one.does(one.fails(500));
    GrpcCaller.Answer<?> failed = infer();
    one.does(one.gives(false));
    GrpcCaller.Answer<?> empty = infer();
    one.does(request -> request.response().end("no answer of the protocol"));
    GrpcCaller.Answer<?> unreadable = infer();
    one.stop();

    assertThat(refused.status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
    assertThat(refused.error()).isEqualTo("broken on purpose");
    assertThat(refused.headers()).containsEntry(VERSION, "1");
    assertThat(failed.status()).isEqualTo(GrpcStatus.INTERNAL);
    assertThat(empty.status()).isEqualTo(GrpcStatus.OK);
    assertThat(unreadable.status()).isEqualTo(GrpcStatus.INTERNAL);
    assertThat(unreadable.error()).contains("the version's answer cannot be read");
    assertThat(infer().status()).isEqualTo(GrpcStatus.UNAVAILABLE);
  }

  @Test
  void metadataNameTheVersionsInTheRoutes() throws Exception {
    assertThat(infer().status()).isEqualTo(GrpcStatus.UNAVAILABLE);

    router.put(one.backend(0), two.backend(0));

    assertThat(
            caller
                .call(
                    "ModelMetadata",
                    ModelMetadataRequest.newBuilder().setName("delays").build(),
                    ModelMetadataResponse.parser())
                .message()
                .getVersionsList())
        .containsExactly("1", "2");
    assertThat(
            caller
                .call(
                    "ModelReady",
                    ModelReadyRequest.newBuilder().setName("delays").setVersion("2").build(),
                    ModelReadyResponse.parser())
                .message()
                .getReady())
        .isTrue();
  }
}
