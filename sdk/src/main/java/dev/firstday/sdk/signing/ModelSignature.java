package dev.firstday.sdk.signing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.firstday.contract.Contract;
import dev.firstday.contract.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.List;
import java.util.Objects;

/**
 * A signature of a version in the format of the <a
 * href="https://github.com/sigstore/model-transparency">OpenSSF's model-signing</a> v1.0, as its
 * command {@code model_signing} writes and verifies it with a key: a {@link Statement} in an
 * envelope (<a href="https://github.com/secure-systems-lab/dsse">DSSE</a>) in a <a
 * href="https://docs.sigstore.dev/about/bundle/">Sigstore bundle</a>.
 */
public final class ModelSignature {
  private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";
  private static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

  private ModelSignature() {}

  private record Bundle(
      String mediaType, VerificationMaterial verificationMaterial, Envelope dsseEnvelope) {}

  private record VerificationMaterial(PublicKeyHint publicKey, List<Object> tlogEntries) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record PublicKeyHint(String hint) {}

  private record Envelope(byte[] payload, String payloadType, List<Signed> signatures) {}

  private record Signed(byte[] sig, String keyid) {}

  /**
   * Signs.
   *
   * @param key the public half of the private key
   * @return the bundle
   * @throws IllegalArgumentException when the two are not of one pair
   */
  public static byte[] sign(SignedFiles files, SigningKey key, PrivateKey privateKey) {
    byte[] payload = Statement.of(files).json();
    byte[] signature = signature(key, privateKey, encoded(payload));
    if (!key.verifies(encoded(payload), signature)) {
      throw new IllegalArgumentException("the private key is not that of " + key.name());
    }
    Bundle bundle =
        new Bundle(
            MEDIA_TYPE,
            new VerificationMaterial(new PublicKeyHint(key.id()), List.of()),
            new Envelope(payload, PAYLOAD_TYPE, List.of(new Signed(signature, ""))));
    return Contract.write(bundle).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Requires that the bundle is a signature of these files, of all of them and of no others, by
   * that key.
   *
   * @throws SignatureFault when it is not; the message says in which way
   */
  public static void verify(byte[] bundle, SignedFiles files, SigningKey key) {
    Bundle read = StrictJson.read("the bundle", bundle, Bundle.class);
    Envelope envelope = read.dsseEnvelope();
    if (!MEDIA_TYPE.equals(read.mediaType())) {
      throw SignatureFault.invalid(
          "it is no %s, but %s".formatted(MEDIA_TYPE, Shown.name(read.mediaType())));
    }
    if (read.verificationMaterial() == null || read.verificationMaterial().publicKey() == null) {
      throw SignatureFault.invalid(
          "it was not made with a key: those that were made with a certificate or an identity cannot be verified here");
    }
    if (envelope == null
        || envelope.payload() == null
        || envelope.signatures() == null
        || envelope.signatures().size() != 1
        || envelope.signatures().get(0) == null
        || envelope.signatures().get(0).sig() == null) {
      throw SignatureFault.invalid("it has no envelope with a payload and one signature");
    }
    if (!PAYLOAD_TYPE.equals(envelope.payloadType())) {
      throw SignatureFault.invalid(
          "it signs no %s, but %s".formatted(PAYLOAD_TYPE, Shown.name(envelope.payloadType())));
    }
    String hint = read.verificationMaterial().publicKey().hint();
    if (!Objects.requireNonNullElse(hint, key.id()).equals(key.id())) {
      throw SignatureFault.invalid(
          "it is by the key %s, and not by %s (%s)"
              .formatted(Shown.name(hint), key.name(), Shown.id(key.id())));
    }
    if (!key.verifies(encoded(envelope.payload()), envelope.signatures().get(0).sig())) {
      throw SignatureFault.invalid(
          "what it holds is not what %s (%s) signed".formatted(key.name(), Shown.id(key.id())));
    }
    StrictJson.read("its statement", envelope.payload(), Statement.class).require(files);
  }

  private static byte[] signature(SigningKey key, PrivateKey privateKey, byte[] message) {
    try {
      Signature signer = Signature.getInstance(key.algorithm());
      signer.initSign(privateKey);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the private key cannot sign: " + e.getMessage(), e);
    }
  }

  /** DSSE's pre-authentication encoding: lengths keep type and payload apart. */
  private static byte[] encoded(byte[] payload) {
    byte[] head =
        "DSSEv1 %d %s %d "
            .formatted(PAYLOAD_TYPE.length(), PAYLOAD_TYPE, payload.length)
            .getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[head.length + payload.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(payload, 0, all, head.length, payload.length);
    return all;
  }
}
