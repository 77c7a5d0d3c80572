package dev.firstday.sdk.signing;

import dev.firstday.contract.Contract;
import dev.firstday.contract.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A key with its private half, which signs whatever it is given. */
public record SigningPair(SigningKey key, PrivateKey privateKey) {
  static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

  public static SigningPair create(String name) {
    return create(name, "secp256r1");
  }

  static SigningPair create(String name, String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      KeyPair pair = generator.generateKeyPair();
      return new SigningPair(
          new SigningKey(name, (ECPublicKey) pair.getPublic()), pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A bundle whose signature is right, whatever it says. */
  byte[] bundle(String payload) {
    return bundle(PAYLOAD_TYPE, payload, signature(PAYLOAD_TYPE, payload));
  }

  byte[] bundle(String payloadType, String payload, byte[] signature) {
    return Contract.write(
            Map.of(
                "mediaType",
                "application/vnd.dev.sigstore.bundle.v0.3+json",
                "verificationMaterial",
                Map.of("publicKey", Map.of("hint", key.id()), "tlogEntries", List.of()),
                "dsseEnvelope",
                Map.of(
                    "payload",
                    Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8)),
                    "payloadType",
                    payloadType,
                    "signatures",
                    List.of(
                        Map.of(
                            "sig", Base64.getEncoder().encodeToString(signature), "keyid", "")))))
        .getBytes(StandardCharsets.UTF_8);
  }

  byte[] signature(String payloadType, String payload) {
    try {
      Signature signer = Signature.getInstance(key.algorithm());
      signer.initSign(privateKey);
      signer.update(
          "DSSEv1 %d %s %d %s"
              .formatted(payloadType.length(), payloadType, payload.length(), payload)
              .getBytes(StandardCharsets.UTF_8));
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
