package dev.firstday.server.predict;

import dev.firstday.api.Errand.Subject;
import dev.firstday.api.Signing;
import dev.firstday.api.VersionHealth.SignatureState;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.signing.SignatureCheck;
import dev.firstday.sdk.signing.SignedFiles;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.StoreException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for a version's signature before anything of it but its manifest is read. The files need not
 * be: the manifest has their digests, to which each is held when it is loaded.
 */
record SignatureGate(Signing signing, Store store) {
  private static final Logger LOG = LoggerFactory.getLogger(SignatureGate.class);

  /**
   * What is to be told of the version's signature; empty where nobody is to look.
   *
   * @throws RunFailure where one is required and there is none, or the manifest is damaged
   * @throws StoreException what S3 answers
   */
  Optional<SignatureState> judge(String model, Subject version) {
    return switch (signing.mode()) {
      case IGNORE -> Optional.empty();
      case REQUIRE -> Optional.of(signed(model, version));
      case WARN -> Optional.of(signedOrNot(model, version));
    };
  }

  /**
   * What is to be told of a version that does not come so far as to be judged, or does not pass.
   */
  Optional<SignatureState> unsigned() {
    return signing.isOn()
        ? Optional.of(new SignatureState(policy(), null, null, null))
        : Optional.empty();
  }

  private SignatureState signedOrNot(String model, Subject version) {
    try {
      return signed(model, version);
    } catch (StoreException e) {
      throw e;
    } catch (RunFailure e) {
      LOG.warn("version {}: {}: {}", version.number(), e.reason(), e.getMessage());
      return new SignatureState(policy(), null, e.reason(), e.getMessage());
    }
  }

  private SignatureState signed(String model, Subject version) {
    SignedFiles files =
        SignedFiles.of(
            version.digest(), ModelManifest.load(version.digest(), store.objects()::read));
    String signer =
        SignatureCheck.of(signing, store.signatures(model)).signer(version.number(), files).name();
    LOG.info("version {} of '{}' is signed by {}", version.number(), model, signer);
    return new SignatureState(policy(), signer, null, null);
  }

  private String policy() {
    return Contract.digest(signing);
  }
}
