package dev.firstday.server.predict;

import dev.firstday.api.Errand;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Inspection.Finding;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.artefact.LoadedModel;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.artefact.ObjectSource;
import dev.firstday.sdk.store.StoreException;
import io.prometheus.client.CollectorRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does with stored versions what a predictor would: hashes every file, loads the network, and asks
 * the validation rows whose answers were recorded at training.
 */
public final class Inspector {
  private static final Logger LOG = LoggerFactory.getLogger(Inspector.class);
  private static final int LONGEST_MESSAGE = 500;

  private final ObjectSource objects;

  public Inspector(ObjectSource objects) {
    this.objects = objects;
  }

  /**
   * @throws RunFailure when the store does not answer, which says nothing about a version
   */
  public RunResult.Inspection run(Run.Inspect run) {
    PredictorMetrics metrics = new PredictorMetrics(new CollectorRegistry());
    List<Finding> findings = new ArrayList<>();
    for (Errand.Subject version : run.versions()) {
      findings.add(inspect(run.model(), version, metrics));
    }
    return fitting(new RunResult.Inspection(run.uid(), findings), LONGEST_MESSAGE);
  }

  private Finding inspect(String model, Errand.Subject version, PredictorMetrics metrics) {
    int number = version.number();
    try {
      ModelManifest.load(version.digest(), objects).verifyFiles(objects);
      double worst = ask(model, version, metrics);
      LOG.info("version {} of '{}' is as it was recorded, within {}", number, model, worst);
      return new Finding(number, version.digest(), null, null);
    } catch (StoreException e) {
      if (!e.why().isAboutOneObject()) {
        throw e;
      }
      return fault(version, e);
    } catch (RunFailure e) {
      return fault(version, e);
    }
  }

  private double ask(String model, Errand.Subject version, PredictorMetrics metrics) {
    try (ServedModel served =
        new ServedModel(
            model,
            String.valueOf(version.number()),
            LoadedModel.open(version.digest(), objects),
            PredictorServer.MAX_WAITING_ROWS,
            metrics)) {
      return GoldenCheck.run(served);
    }
  }

  private static Finding fault(Errand.Subject version, RunFailure failure) {
    LOG.warn("version {}: {}: {}", version.number(), failure.reason(), failure.getMessage());
    return new Finding(version.number(), version.digest(), failure.reason(), failure.getMessage());
  }

  /** The kubelet would cut the JSON in the middle. */
  private static RunResult.Inspection fitting(RunResult.Inspection all, int most) {
    RunResult.Inspection cut =
        new RunResult.Inspection(
            all.uid(), all.findings().stream().map(finding -> cut(finding, most)).toList());
    return Contract.write(cut).getBytes(StandardCharsets.UTF_8).length <= RunResult.MAX_BYTES
        ? cut
        : fitting(all, most / 2);
  }

  private static Finding cut(Finding finding, int most) {
    String message = finding.message();
    return message == null || message.length() <= most
        ? finding
        : new Finding(
            finding.number(), finding.digest(), finding.fault(), message.substring(0, most));
  }
}
