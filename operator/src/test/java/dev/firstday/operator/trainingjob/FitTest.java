package dev.firstday.operator.trainingjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Condition;
import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.TrainingJobSpec;
import dev.firstday.contract.Run.DatasetVersionReference;
import dev.firstday.operator.Samples;
import dev.firstday.operator.kube.Standing;
import dev.firstday.operator.worker.Workload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A spec that does not fit its data set starts no pod, as far as the operator can know. */
class FitTest {
  private static final Standing READY = Standing.ready("ChecksPassed", "good");
  private static final TrainingJobSpec FITS =
      Samples.training("ns", "tj", "flights", "late").getSpec();
  private static final TrainingJobSpec LOSS_DOES_NOT_FIT =
      Samples.with(FITS, Map.of("network", Map.of("loss", "meanSquaredError")));

  @Test
  void specThatDoesNotFitStalls() {
    Dataset dataset = dataset(READY, null);

    assertThat(checked(FITS, dataset, 3)).isInstanceOf(Inputs.Resolved.class);
    Standing standing = ((Inputs.Missing) checked(LOSS_DOES_NOT_FIT, dataset, 3)).standing();
    assertThat(standing.state()).isEqualTo(Standing.State.STALLED);
    assertThat(standing.reason()).isEqualTo("LossDoesNotFit");
    assertThat(standing.message())
        .isEqualTo(
            "spec.network.loss: meanSquaredError does not go with the BOOLEAN label y; use binaryCrossEntropy");
  }

  @Test
  void batchThatIsLargerThanTheTrainingSplitStalls() {
    Long rows = Samples.version(3, false).trainRows();
    TrainingJobSpec large = Samples.with(FITS, Map.of("batchSize", rows + 1));

    assertThat(((Inputs.Missing) checked(large, dataset(READY, null), 3)).standing().reason())
        .isEqualTo("BatchTooLarge");
    assertThat(checked(Samples.with(FITS, Map.of("batchSize", rows)), dataset(READY, null), 3))
        .isInstanceOf(Inputs.Resolved.class);
  }

  /**
   * The columns may have been others when that version was built: its manifest, and so the pod,
   * knows.
   */
  @Test
  void ofOtherVersionsThanTheSpecsNothingIsSaid() {
    Dataset unseen = dataset(READY, null);
    unseen.getMetadata().setGeneration(2L);

    for (Inputs inputs :
        List.of(
            checked(LOSS_DOES_NOT_FIT, dataset(READY, null), 2),
            checked(LOSS_DOES_NOT_FIT, dataset(READY, Samples.version(4, true)), 3),
            checked(LOSS_DOES_NOT_FIT, dataset(Standing.stalled("FileMissing", "why"), null), 3),
            checked(
                LOSS_DOES_NOT_FIT,
                dataset(Standing.suspended("Suspended", "why").whileReady(), null),
                3),
            checked(LOSS_DOES_NOT_FIT, unseen, 3))) {
      assertThat(inputs).isInstanceOf(Inputs.Resolved.class);
    }
  }

  private static Inputs checked(TrainingJobSpec spec, Dataset dataset, int version) {
    return Fit.checked(
        new Inputs.Resolved(new DatasetVersionReference("flights", version, "d".repeat(64))),
        spec,
        dataset);
  }

  private static Dataset dataset(Standing standing, DatasetStatus.Version refused) {
    Dataset dataset = Samples.dataset("ns", "flights");
    dataset.getMetadata().setGeneration(1L);
    List<Condition> conditions = standing.conditions(null, 1L, Workload.NOW);
    dataset.setStatus(
        new DatasetStatus(
            1L,
            "Ready",
            conditions,
            Samples.version(3, false),
            refused,
            List.of(),
            null,
            null,
            null,
            null,
            null));
    return dataset;
  }
}
