package dev.firstday.server.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.firstday.api.GoldenCase;
import dev.firstday.api.GoldenResults;
import dev.firstday.api.GoldenResults.Fault;
import dev.firstday.api.PairCheck;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Routes;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Model's golden cases are sent to both versions and held against what they expect. */
class RouterCasesTest {
  private static final GoldenCase CLEAR = golden("clear", "{\"hour\":6}", "{\"max\":0.4}");
  private static final GoldenCase STORM =
      golden("storm", "{\"hour\":19}", "{\"label\":true,\"above\":\"clear\"}");

  private final Vertx vertx = Vertx.vertx();
  private final FakeVersion one = new FakeVersion(vertx, 1);
  private final FakeVersion two = new FakeVersion(vertx, 2);
  private RunningRouter router;

  @BeforeEach
  void start() throws Exception {
    router = new RunningRouter(vertx, two);
    one.doesByBody(body -> says(one, body.contains("19") ? 0.8 : 0.2));
    two.doesByBody(body -> says(two, body.contains("19") ? 0.9 : 0.1));
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static GoldenCase golden(String name, String inputs, String expect) {
    return Contract.read(
        "{\"name\":\"%s\",\"inputs\":%s,\"expect\":%s}".formatted(name, inputs, expect),
        GoldenCase.class);
  }

  private static Handler<HttpServerRequest> says(FakeVersion version, double probability) {
    return version.gives(false, Made.late(probability >= 0.5), Made.probability(probability));
  }

  private GoldenResults results(Routes.Backend stable, GoldenCase... cases) throws Exception {
    router.put(stable, two.backend(0), List.of(cases));
    await()
        .atMost(RunningRouter.LONG)
        .until(() -> router.report().cases() != null && router.report().cases().done());
    return router.report().cases();
  }

  @Test
  void whatBothAnswerAsExpectedIsComparedLikeAnyOther() throws Exception {
    assertThat(results(one.backend(0), CLEAR, STORM))
        .isEqualTo(new GoldenResults(true, 2, 2, 0, null));
    assertThat(two.lastId()).isEqualTo("golden-case-storm");
    assertThat(router.report().golden().done()).isTrue();
    assertThat(router.report().golden().requests()).as("3 of the artefact").isEqualTo(5);
    assertThat(router.report().golden().tally(PairCheck.DISAGREEMENT.word()).bad()).isZero();
    assertThat(router.report().live().requests()).isZero();
    assertThat(router.metric("firstday_router_pairs_total{source=\"cases\",}")).isEqualTo(2);
  }

  @Test
  void theCandidateIsHeldToWhatIsExpectedWhateverStableAnswers() throws Exception {
    two.does(says(two, 0.7));

    assertThat(results(one.backend(0), CLEAR, STORM).faults())
        .containsExactly(
            new Fault(
                "clear", false, "probability at most 0.4", "late true, probability 0.7", null),
            new Fault(
                "storm",
                false,
                "late = true, probability above that of clear",
                "late true, probability 0.7",
                null));
    assertThat(router.report().golden().requests()).as("of the artefact").isEqualTo(3);
  }

  @Test
  void whatStableFailsTooIsTold() throws Exception {
    one.does(says(one, 0.6));
    two.does(says(two, 0.7));

    assertThat(results(one.backend(0), CLEAR).faults().get(0).stable())
        .isEqualTo("late true, probability 0.6");
  }

  @Test
  void theCandidateAloneIsRightAndThatIsNoDisagreement() throws Exception {
    one.does(says(one, 0.9));

    assertThat(results(one.backend(0), CLEAR).passed()).isEqualTo(1);
    assertThat(router.report().golden().requests()).isEqualTo(3);
  }

  @Test
  void whatBothRefuseIsTheCasesOwnFault() throws Exception {
    one.doesByBody(body -> body.contains("19") ? one.fails(400) : says(one, 0.2));
    two.doesByBody(body -> body.contains("19") ? two.fails(400) : says(two, 0.2));

    assertThat(results(one.backend(0), CLEAR, STORM).faults())
        .extracting(Fault::name, Fault::invalid, Fault::answered, Fault::stable)
        .containsExactly(tuple("storm", true, "status 400: broken on purpose", "the same"));
  }

  @Test
  void aCaseAboveOneThatBothRefuseIsNobodysFaultEither() throws Exception {
    one.doesByBody(body -> body.contains("19") ? says(one, 0.8) : one.fails(400));
    two.doesByBody(body -> body.contains("19") ? says(two, 0.9) : two.fails(400));

    assertThat(results(one.backend(0), CLEAR, STORM).faults())
        .extracting(Fault::name, Fault::invalid)
        .containsExactly(tuple("clear", true), tuple("storm", true));
  }

  @Test
  void whatTheCandidateAloneRefusesIsItsFault() throws Exception {
    two.doesByBody(body -> body.contains("19") ? two.fails(400) : says(two, 0.2));

    assertThat(results(one.backend(0), CLEAR, STORM).faults())
        .extracting(Fault::invalid)
        .containsExactly(false);
  }

  @Test
  void aFirstVersionIsHeldToThemToo() throws Exception {
    two.doesByBody(body -> body.contains("19") ? two.fails(400) : says(two, 0.7));

    assertThat(results(null, CLEAR, STORM).faults())
        .extracting(Fault::name, Fault::invalid)
        .containsExactly(tuple("clear", false), tuple("storm", true));
  }

  @Test
  void whatNoVersionAnswersIsAskedAgain() throws Exception {
    one.doesByBody(body -> body.contains("19") ? one.fails(503) : says(one, 0.2));
    two.doesByBody(body -> body.contains("19") ? two.fails(503) : says(two, 0.2));
    router.put(one.backend(0), two.backend(0), List.of(CLEAR, STORM));
    await()
        .atMost(RunningRouter.LONG)
        .until(
            () -> router.report().waits(),
            "golden cases: storm: status 503: broken on purpose"::equals);
    assertThat(router.report().cases().done()).isFalse();

    two.does(says(two, 0.8));
    assertThat(results(one.backend(0), CLEAR, STORM).passed()).isEqualTo(2);
    assertThat(router.report().waits()).isNull();
  }

  @Test
  void otherCasesAreSentAnewAndTheSameOnesAreNot() throws Exception {
    assertThat(results(one.backend(0), CLEAR).passed()).isEqualTo(1);
    int asked = two.asked();
    assertThat(results(one.backend(0), CLEAR).passed()).isEqualTo(1);
    assertThat(two.asked()).isEqualTo(asked);

    assertThat(results(one.backend(0), golden("clear", "{\"hour\":6}", "{\"min\":0.4}")).failed())
        .isEqualTo(1);
    assertThat(two.asked()).isEqualTo(asked + 1);
    assertThat(results(one.backend(0), CLEAR, STORM).passed()).isEqualTo(2);
    assertThat(router.report().golden().requests()).isEqualTo(5);
  }

  @Test
  void tenFaultsAreToldOneByOneAndAllAreCounted() throws Exception {
    List<GoldenCase> cases = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      cases.add(golden("case-" + i, "{\"hour\":19}", "{\"max\":0.1}"));
    }

    GoldenResults results = results(one.backend(0), cases.toArray(GoldenCase[]::new));
    assertThat(results.failed()).isEqualTo(12);
    assertThat(results.faults()).hasSize(10);
  }

  @Test
  void routesHaveRoomForAsManyCasesAsTheOperatorSends() throws Exception {
    GoldenCase large =
        golden("large", "{\"text\":\"%s\"}".formatted("x".repeat(250 << 10)), "{\"min\":0}");
    assertThat(Contract.write(List.of(large)).length()).isLessThan(Routes.MAX_GOLDEN_BYTES);

    assertThat(results(one.backend(0), large).passed()).isEqualTo(1);
  }
}
