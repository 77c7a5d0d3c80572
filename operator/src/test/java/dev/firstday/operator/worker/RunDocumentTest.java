package dev.firstday.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunDocumentTest {
  private static final RunOrder ORDER =
      new RunOrder("0123456789abcdef", "flights", RunResult.Inventory.class, 3, null, false);
  private static final int FRAME = Contract.writeRun(run("")).length();

  @Test
  void whatFitsBegins() {
    assertThat(fitting("x".repeat(RunDocument.MAX_BYTES - FRAME)))
        .isInstanceOf(RunStep.Start.class);
  }

  @Test
  void whatDoesNotIsForTheSpecToMend() {
    RunStep step = fitting("x".repeat(RunDocument.MAX_BYTES - FRAME + 1));
    assertThat(step).isInstanceOf(RunStep.Rest.class);
    assertThat(step.run().failure()).isEqualTo("SpecTooLarge");
    assertThat(step.run().message()).contains("120001 bytes", "spec.tests", "which has 9002");
    assertThat(Runs.isStuck(step.run(), ORDER)).isTrue();
    assertThat(step.wakeUp()).isEmpty();
  }

  @Test
  void escapesCountAsTheyAreWritten() {
    assertThat(fitting("$".repeat(RunDocument.MAX_BYTES / 6))).isInstanceOf(RunStep.Rest.class);
  }

  private static RunStep fitting(String model) {
    return RunDocument.fitting(
        Runs.advance(null, ORDER, Workload.nothing(), Workload.NOW),
        ORDER,
        run(model),
        Map.of("columns", List.of("x", "y"), "tests", "t".repeat(9000)),
        Workload.nothing(),
        Workload.NOW);
  }

  private static Run run(String model) {
    return new Run.Inventory(ORDER.uid(), "ns", model, 5, List.of());
  }
}
