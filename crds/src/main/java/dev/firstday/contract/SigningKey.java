package dev.firstday.contract;

import dev.firstday.api.Signing;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The public half of a key that signs versions of models: on one of the curves P-256, P-384 and
 * P-521, with the hash that the OpenSSF's model-signing takes for each.
 *
 * @param name what people call it
 */
public record SigningKey(String name, ECPublicKey key) {
  private static final Pattern PEM =
      Pattern.compile(
          "\\s*-----BEGIN PUBLIC KEY-----\\s([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----\\s*");
  private static final int LINE = 64;

  /**
   * @throws IllegalArgumentException when it is on another curve
   */
  public SigningKey {
    algorithm(key);
  }

  /**
   * A key as {@code openssl ec -pubout} writes it.
   *
   * @param pem SubjectPublicKeyInfo in PEM
   * @throws IllegalArgumentException when the text is no such key; the message says what it is to
   *     be
   */
  public static SigningKey of(String name, String pem) {
    Matcher matcher = PEM.matcher(pem);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "it is not one public key in PEM, -----BEGIN PUBLIC KEY----- and so on, as openssl ec -pubout writes it");
    }
    try {
      byte[] der = Base64.getDecoder().decode(matcher.group(1).replaceAll("\\s", ""));
      return new SigningKey(
          name,
          (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "it is no public key of the curve P-256, P-384 or P-521: " + e.getMessage(), e);
    }
  }

  /**
   * Those of a Model's spec.
   *
   * @throws IllegalArgumentException when one is none; the message says which, and what it is to be
   */
  public static List<SigningKey> allOf(List<Signing.PublicKey> given) {
    return given.stream().map(SigningKey::of).toList();
  }

  private static SigningKey of(Signing.PublicKey given) {
    try {
      return of(given.name(), given.pem());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the pem of %s: %s".formatted(given.name(), e.getMessage()), e);
    }
  }

  /** The key in PEM, as every program writes it that was asked for SubjectPublicKeyInfo. */
  public String pem() {
    return "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
        .formatted(Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(key.getEncoded()));
  }

  /** sha256 of {@link #pem()} in lower-case hex: what a bundle's hint says of who signed it. */
  public String id() {
    return Contract.sha256(pem().getBytes(StandardCharsets.US_ASCII));
  }

  /** The signature algorithm's name in Java: ECDSA in DER with the curve's hash. */
  public String algorithm() {
    return algorithm(key);
  }

  /** Whether that is a signature of the message by this key. */
  public boolean verifies(byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(algorithm());
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (SignatureException e) {
      // bytes that have not even a signature's form
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java verifies " + algorithm(), e);
    }
  }

  private static String algorithm(ECPublicKey key) {
    return Arrays.stream(Curve.values())
        .filter(curve -> curve.isOf(key.getParams()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("it is on another curve"))
        .algorithm;
  }

  private enum Curve {
    P_256("secp256r1", "SHA256withECDSA"),
    P_384("secp384r1", "SHA384withECDSA"),
    P_521("secp521r1", "SHA512withECDSA");

    private final String curve;
    private final String algorithm;

    Curve(String curve, String algorithm) {
      this.curve = curve;
      this.algorithm = algorithm;
    }

    boolean isOf(ECParameterSpec parameters) {
      try {
        AlgorithmParameters known = AlgorithmParameters.getInstance("EC");
        known.init(new ECGenParameterSpec(curve));
        ECParameterSpec mine = known.getParameterSpec(ECParameterSpec.class);
        return mine.getCurve().equals(parameters.getCurve())
            && mine.getGenerator().equals(parameters.getGenerator())
            && mine.getOrder().equals(parameters.getOrder());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java has " + curve, e);
      }
    }
  }
}
