package dev.firstday.cli.model;

import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.contract.SigningKey;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/** Keys as files. */
final class KeyFiles {
  private static final int MAX_BYTES = 64 * 1024;

  private KeyFiles() {}

  /** A private key, and its public half under the file's name. */
  record Pair(SigningKey key, PrivateKey privateKey) {}

  /**
   * @throws CommandFailure when the file holds no public key that signatures are made with
   */
  static SigningKey publicKey(Path file) throws IOException, CommandFailure {
    try {
      return SigningKey.of(name(file), text(file));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * @param password null: the key is not encrypted
   * @throws CommandFailure when the file holds no private key that signatures are made with, or the
   *     password is not the key's
   */
  static Pair pair(Path file, char[] password) throws IOException, CommandFailure {
    PrivateKeyInfo key = key(file, password);
    try {
      if (!(PrivateKeyFactory.createKey(key) instanceof ECPrivateKeyParameters half)) {
        throw new CommandFailure(
            "%s is no key on an elliptic curve; openssl ecparam -name prime256v1 -genkey -noout makes one"
                .formatted(file));
      }
      var point = half.getParameters().getG().multiply(half.getD()).normalize();
      byte[] publicHalf =
          SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(
                  new ECPublicKeyParameters(point, half.getParameters()))
              .getEncoded();
      KeyFactory keys = KeyFactory.getInstance("EC");
      return new Pair(
          new SigningKey(
              name(file), (ECPublicKey) keys.generatePublic(new X509EncodedKeySpec(publicHalf))),
          keys.generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded())));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new CommandFailure(
          "%s is no private key of the curve P-256, P-384 or P-521: %s"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static PrivateKeyInfo key(Path file, char[] password) throws IOException, CommandFailure {
    // "EC PARAMETERS" come before the key where openssl was not told -noout
    try (PEMParser pem = new PEMParser(new StringReader(text(file)))) {
      for (Object part = pem.readObject(); part != null; part = pem.readObject()) {
        if (part instanceof PEMKeyPair pair) {
          return pair.getPrivateKeyInfo();
        }
        if (part instanceof PrivateKeyInfo key) {
          return key;
        }
        if (part instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
          return decrypted(file, encrypted, password);
        }
        if (part instanceof PEMEncryptedKeyPair) {
          throw new CommandFailure(
              "%s is encrypted in openssl's old way; openssl pkcs8 -topk8 -in %s writes it anew"
                  .formatted(file, file));
        }
      }
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw new CommandFailure("%s is damaged: %s".formatted(file, e.getMessage()), e);
    }
    throw new CommandFailure("%s holds no private key in PEM".formatted(file));
  }

  private static PrivateKeyInfo decrypted(
      Path file, PKCS8EncryptedPrivateKeyInfo encrypted, char[] password) throws CommandFailure {
    if (password == null) {
      throw new CommandFailure(
          "%s is encrypted: add --password, which asks for it".formatted(file));
    }
    try {
      return encrypted.decryptPrivateKeyInfo(
          new JceOpenSSLPKCS8DecryptorProviderBuilder()
              .setProvider(new BouncyCastleProvider())
              .build(password));
    } catch (OperatorCreationException | PKCSException e) {
      throw new CommandFailure("%s cannot be decrypted; is that the password?".formatted(file), e);
    }
  }

  private static String text(Path file) throws IOException, CommandFailure {
    return new String(read(file, MAX_BYTES, "is too large for a key"), StandardCharsets.ISO_8859_1);
  }

  /**
   * @param tooLarge what is said of a file that has more bytes than that
   */
  static byte[] read(Path file, int maxBytes, String tooLarge) throws IOException, CommandFailure {
    try {
      if (Files.size(file) > maxBytes) {
        throw new CommandFailure(file + " " + tooLarge);
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new CommandFailure("there is no file %s".formatted(file), e);
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
