package dev.firstday.sdk.signing;

import dev.firstday.api.Signing;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.contract.SigningKey;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.store.SignatureFiles;
import dev.firstday.sdk.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Asks whether a version is signed by one of some keys.
 *
 * @param signatures those of the model
 */
public record SignatureCheck(List<SigningKey> keys, SignatureFiles signatures) {

  /**
   * By the keys of a Model's spec.
   *
   * @throws RunFailure SigningKeyInvalid when one is none
   */
  public static SignatureCheck of(Signing signing, SignatureFiles signatures) {
    try {
      return new SignatureCheck(
          SigningKey.allOf(Objects.requireNonNullElse(signing.publicKeys(), List.of())),
          signatures);
    } catch (IllegalArgumentException e) {
      throw new RunFailure(
          "SigningKeyInvalid",
          "spec.signing.publicKeys: %s; openssl ec -pubout writes one".formatted(e.getMessage()),
          Cure.FIX_SPEC,
          e);
    }
  }

  /**
   * Whose signature the version has; of several, that of the key that comes first.
   *
   * @throws SignatureFault when it has none by any of the keys
   * @throws StoreException what S3 answers
   */
  public SigningKey signer(int number, SignedFiles files) {
    List<SignatureFault> faults = new ArrayList<>();
    for (SigningKey key : keys) {
      try {
        Optional<byte[]> bundle = signatures.find(number, key.id());
        if (bundle.isPresent()) {
          ModelSignature.verify(bundle.get(), files, key);
          return key;
        }
      } catch (SignatureFault e) {
        faults.add(invalid(number, key, e));
      } catch (StoreException e) {
        if (!e.why().isAboutOneObject()) {
          throw e;
        }
        faults.add(invalid(number, key, e));
      }
    }
    throw faults.stream().findFirst().orElseGet(() -> missing(number, files));
  }

  private SignatureFault invalid(int number, SigningKey key, RuntimeException cause) {
    return SignatureFault.invalid(
        "%s is no signature by %s: %s; if the version is as it should be, delete that object and sign again (firstday model sign)"
            .formatted(signatures.uri(number, key.id()), key.name(), cause.getMessage()),
        cause);
  }

  private SignatureFault missing(int number, SignedFiles files) {
    List<String> others = signatures.keyIds(number);
    return SignatureFault.missing(
        "there is no signature by %s%s; firstday model sign %s --version %d --key FILE gives it one"
            .formatted(
                keys.stream()
                    .map(key -> "%s (%s)".formatted(key.name(), Shown.id(key.id())))
                    .collect(Collectors.joining(" or ")),
                others.isEmpty()
                    ? ""
                    : ", but by " + Shown.names(others.stream().map(Shown::id).toList()),
                files.model(),
                number));
  }
}
