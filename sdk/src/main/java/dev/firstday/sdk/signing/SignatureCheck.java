package dev.firstday.sdk.signing;

import dev.firstday.contract.SigningKey;
import dev.firstday.sdk.store.SignatureFiles;
import dev.firstday.sdk.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Asks whether a version is signed by one of some keys.
 *
 * @param signatures those of the model
 */
public record SignatureCheck(List<SigningKey> keys, SignatureFiles signatures) {

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
        faults.add(invalid(number, files, key, e));
      } catch (StoreException e) {
        if (!e.why().isAboutOneObject()) {
          throw e;
        }
        faults.add(invalid(number, files, key, e));
      }
    }
    throw faults.stream().findFirst().orElseGet(() -> missing(number, files));
  }

  private SignatureFault invalid(
      int number, SignedFiles files, SigningKey key, RuntimeException cause) {
    return SignatureFault.invalid(
        "version %d of %s is not signed by %s: %s: %s; if the version is as it should be, delete that object and sign again (firstday model sign)"
            .formatted(
                number,
                files.model(),
                key.name(),
                signatures.uri(number, key.id()),
                cause.getMessage()),
        cause);
  }

  private SignatureFault missing(int number, SignedFiles files) {
    List<String> others = signatures.keyIds(number);
    return SignatureFault.missing(
        "version %d of %s has no signature by %s%s; firstday model sign %s --version %d --key FILE gives it one"
            .formatted(
                number,
                files.model(),
                keys.stream()
                    .map(key -> "%s (%s)".formatted(key.name(), key.id()))
                    .collect(Collectors.joining(" or ")),
                others.isEmpty() ? "" : ", but by " + Shown.names(others),
                files.model(),
                number));
  }
}
