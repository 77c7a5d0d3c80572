package dev.firstday.operator.model;

import dev.firstday.api.Model;
import dev.firstday.api.VersionHealth;
import dev.firstday.api.VersionHealth.SignatureState;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult.Inspection.Finding;
import java.util.Objects;

/**
 * By which spec.signing versions are inspected. Those that were inspected by another one are
 * inspected again.
 *
 * @param digest null: nobody looks at signatures
 */
record SigningPolicy(String digest) {
  static SigningPolicy of(Model model) {
    var signing = model.getSpec().signing();
    return new SigningPolicy(signing == null || !signing.isOn() ? null : Contract.digest(signing));
  }

  boolean isThatOf(VersionHealth entry) {
    return isThatOf(entry.signature());
  }

  /** A version whose signature was not judged by this policy is not taken for a good one. */
  Finding judged(Finding finding) {
    if (isThatOf(finding.signature())) {
      return finding;
    }
    return finding.fault() != null
        ? new Finding(
            finding.number(),
            finding.digest(),
            finding.fault(),
            finding.message(),
            unsigned(),
            finding.data())
        : new Finding(
            finding.number(),
            finding.digest(),
            "NotInspected",
            "the inspection's answer does not go by spec.signing; do operator and server image have the same release?",
            unsigned());
  }

  private boolean isThatOf(SignatureState state) {
    return Objects.equals(digest, state == null ? null : state.policy());
  }

  /** What is known of a version whose inspection has no answer. */
  SignatureState unsigned() {
    return digest == null ? null : new SignatureState(digest, null, null, null);
  }

  /** What a pod says, as a status has it. It tells by which policy it went. */
  static SignatureState said(SignatureState state) {
    return state == null
        ? null
        : new SignatureState(
            Words.cut(state.policy()),
            Words.cut(state.signer()),
            Words.reason(state.fault(), "SignatureInvalid"),
            Words.cut(state.message()));
  }
}
