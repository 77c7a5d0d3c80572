package dev.firstday.server.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firstday.api.Capture;
import dev.firstday.api.ModelDeploymentSpec.Checks;
import dev.firstday.contract.Contract;
import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A column that the spec names, and that no version has, is told. */
class RouterColumnsTest {
  private final Vertx vertx = Vertx.vertx();
  private final FakeVersion one = new FakeVersion(vertx, 1);
  private RunningRouter router;

  @BeforeEach
  void start() throws Exception {
    router = new RunningRouter(vertx, one);
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private List<String> unknown() throws Exception {
    await().atMost(RunningRouter.LONG).until(() -> router.report().unknownColumns() != null);
    return router.report().unknownColumns();
  }

  private void redact(String... columns) throws Exception {
    router.put(one.backend(100), null, 0, new Capture(10, List.of(columns), 100, 7), null);
  }

  @Test
  void aRedactedColumnThatTheModelDoesNotHaveIsToldWithTheOneThatWasMeant() throws Exception {
    redact("hour", "hours", "dest");

    assertThat(unknown())
        .containsExactly(
            "spec.capture.redact: the model has no column hours (did you mean hour?)",
            "spec.capture.redact: the model has no column dest");
  }

  @Test
  void columnsThatItHasAreNotTold() throws Exception {
    redact("hour");
    assertThat(unknown()).isEmpty();

    redact();
    assertThat(unknown()).isEmpty();
  }

  @Test
  void aColumnToJudgeApartIsToldToo() throws Exception {
    Checks checks = Contract.read("{\"slices\":[\"our\"]}", Checks.class);
    router.put(one.backend(100), null, 0, checks);

    assertThat(unknown())
        .containsExactly(
            "spec.rollout.checks.slices: the model has no column our (did you mean hour?)");
  }
}
