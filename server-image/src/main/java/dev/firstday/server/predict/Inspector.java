package dev.firstday.server.predict;

import dev.firstday.api.Errand;
import dev.firstday.api.GoldenCase;
import dev.firstday.api.GoldenResults.Fault;
import dev.firstday.api.Signing;
import dev.firstday.api.VersionHealth.DataState;
import dev.firstday.api.VersionHealth.SignatureState;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.contract.RunResult.Inspection.Finding;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.artefact.LoadedModel;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.artefact.ObjectSource;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.StoreException;
import dev.firstday.server.route.CaseCheck;
import io.prometheus.client.CollectorRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does with stored versions what a predictor would: asks for the signature, hashes every file,
 * loads the network, and asks the validation rows whose answers were recorded at training; then the
 * Model's golden cases, which only a version that has not passed before is asked. Where somebody
 * asked for it, the data that it learnt from is hashed as well.
 */
public final class Inspector {
  private static final Logger LOG = LoggerFactory.getLogger(Inspector.class);
  private static final int LONGEST_MESSAGE = 500;

  private final Store store;
  private final ObjectSource objects;

  public Inspector(Store store) {
    this.store = store;
    this.objects = store.objects()::read;
  }

  /**
   * @throws RunFailure when the store does not answer, which says nothing about a version
   */
  public RunResult.Inspection run(Run.Inspect run) {
    PredictorMetrics metrics = new PredictorMetrics(new CollectorRegistry());
    List<Finding> findings = new ArrayList<>();
    SignatureGate gate =
        new SignatureGate(Objects.requireNonNullElse(run.signing(), Signing.NONE), store);
    for (Errand.Subject version : run.versions()) {
      findings.add(inspect(run, version, gate, metrics));
    }
    return fitting(new RunResult.Inspection(run.uid(), findings), LONGEST_MESSAGE);
  }

  private Finding inspect(
      Run.Inspect run, Errand.Subject version, SignatureGate gate, PredictorMetrics metrics) {
    String model = run.model();
    int number = version.number();
    Optional<SignatureState> signature = gate.unsigned();
    try {
      signature = gate.judge(model, version);
      ModelManifest manifest = ModelManifest.load(version.digest(), objects);
      manifest.verifyFiles(objects);
      double worst = ask(run, version, metrics);
      LOG.info("version {} of '{}' is as it was recorded, within {}", number, model, worst);
      return new Finding(
          number,
          version.digest(),
          null,
          null,
          signature.orElse(null),
          run.data() ? new DataCheck(store).check(manifest.dataset()) : null);
    } catch (StoreException e) {
      if (!e.why().isAboutOneObject()) {
        throw e;
      }
      return fault(version, e, signature);
    } catch (RunFailure e) {
      return fault(version, e, signature);
    }
  }

  private double ask(Run.Inspect run, Errand.Subject version, PredictorMetrics metrics) {
    try (ServedModel served =
        new ServedModel(
            run.model(),
            String.valueOf(version.number()),
            LoadedModel.open(version.digest(), objects),
            PredictorServer.MAX_WAITING_ROWS,
            metrics)) {
      double worst = GoldenCheck.run(served);
      if (!run.admitted().contains(version.digest())) {
        requireExpected(run.golden(), served);
      }
      return worst;
    }
  }

  private static void requireExpected(List<GoldenCase> golden, ServedModel served) {
    List<Fault> faults = CaseCheck.faults(golden, served.metadata(), served::infer);
    if (!faults.isEmpty()) {
      Fault first = faults.get(0);
      throw new RunFailure(
          "GoldenCaseFailed",
          "golden case %s: expected %s, got %s%s; train a version that answers so, or correct spec.golden of the Model and run firstday model verify %s"
              .formatted(
                  first.name(),
                  first.expected(),
                  first.answered(),
                  faults.size() == 1
                      ? ""
                      : ", and %d other cases fail".formatted(faults.size() - 1),
                  served.name()),
          Cure.FIX_DATA);
    }
  }

  private static Finding fault(
      Errand.Subject version, RunFailure failure, Optional<SignatureState> signature) {
    LOG.warn("version {}: {}: {}", version.number(), failure.reason(), failure.getMessage());
    return new Finding(
        version.number(),
        version.digest(),
        failure.reason(),
        failure.getMessage(),
        signature.orElse(null));
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
    SignatureState signature = finding.signature();
    DataState data = finding.data();
    return new Finding(
        finding.number(),
        finding.digest(),
        finding.fault(),
        cut(finding.message(), most),
        signature == null
            ? null
            : new SignatureState(
                signature.policy(),
                signature.signer(),
                signature.fault(),
                cut(signature.message(), most)),
        data == null ? null : new DataState(null, data.fault(), cut(data.message(), most)));
  }

  private static String cut(String message, int most) {
    return message == null || message.length() <= most ? message : message.substring(0, most);
  }
}
