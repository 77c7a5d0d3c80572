package dev.firstday.trainer.train;

import dev.firstday.contract.Run;
import dev.firstday.sdk.artefact.Artefact;
import dev.firstday.sdk.artefact.GoldenRow;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.artefact.ModelZip;
import dev.firstday.sdk.artefact.Predictor;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.evaluation.Baseline;
import dev.firstday.sdk.evaluation.Evaluation;
import dev.firstday.trainer.report.HtmlReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the artefact of a trained network. */
final class Packaging {
  private Packaging() {}

  static Artefact artefact(
      Run.Train run,
      DatasetManifest dataset,
      ModelSource source,
      Prepared prepared,
      Training.Outcome outcome,
      Baseline baseline,
      Evaluation evaluation,
      Toolchain toolchain) {
    byte[] zip = ModelZip.write(prepared.network());
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put(ModelManifest.MODEL, zip);
    files.put(ModelManifest.FEATURES, Artefact.json(prepared.features()));
    files.put(ModelManifest.BASELINE, Artefact.json(baseline));
    files.put(ModelManifest.EVALUATION, Artefact.json(evaluation));
    String report =
        HtmlReport.of(run.model(), run.dataset().name() + "/" + run.dataset().number(), evaluation);
    files.put(ModelManifest.REPORT, report.getBytes(StandardCharsets.UTF_8));
    files.put(ModelManifest.GOLDEN, Artefact.json(golden(prepared, zip)));
    if (source.code().length > 0) {
      files.put(ModelManifest.CODE, source.code());
    }
    if (source.begin().length > 0) {
      files.put(ModelManifest.START, source.begin());
    }
    files.put(ModelManifest.RECIPE, Artefact.json(source.recipe()));
    ModelManifest manifest =
        new ModelManifest(
            run.model(),
            Artefact.references(files),
            new ModelManifest.DatasetReference(
                run.dataset().name(),
                run.dataset().number(),
                run.dataset().digest(),
                dataset.train().digest(),
                dataset.validation().digest()),
            source.codeDigest(),
            run.seed(),
            outcome.epochs(),
            outcome.bestEpoch(),
            prepared.task(),
            prepared.features().columns(),
            toolchain.libraries(),
            toolchain.image(),
            evaluation.metrics());
    return new Artefact(manifest, files);
  }

  /** Answers of the network as it is stored, not as it was trained. */
  private static List<GoldenRow> golden(Prepared prepared, byte[] zip) {
    return GoldenRows.of(
        prepared.features(),
        new Predictor(ModelZip.read(zip), prepared.task(), prepared.features().width()),
        prepared.validationColumns());
  }
}
