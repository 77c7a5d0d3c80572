package dev.firstday.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstday.cli.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys as openssl wrote them. */
class KeyFilesTest {
  private static final Path KEYS = Path.of("src", "test", "resources", "signing");
  private static final char[] PASSWORD = "secret".toCharArray();

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"sec1", "pkcs8", "encrypted", "with-parameters", "p384"})
  void readsEveryForm(String name) throws Exception {
    KeyFiles.Pair pair =
        KeyFiles.pair(KEYS.resolve(name + ".pem"), name.equals("encrypted") ? PASSWORD : null);

    Signature signer = Signature.getInstance(pair.key().algorithm());
    signer.initSign(pair.privateKey());
    signer.update(new byte[] {1, 2, 3});
    assertThat(pair.key().verifies(new byte[] {1, 2, 3}, signer.sign())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sec1", "pkcs8", "encrypted"})
  void findsThePublicHalf(String name) throws Exception {
    assertThat(KeyFiles.pair(KEYS.resolve(name + ".pem"), PASSWORD).key().pem())
        .isEqualTo(Files.readString(KEYS.resolve("sec1.pub")))
        .isEqualTo(KeyFiles.publicKey(KEYS.resolve("sec1.pub")).pem());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "encrypted.pem|wrong|cannot be decrypted; is that the password?",
        "encrypted.pem||is encrypted: add --password, which asks for it",
        "encrypted-old.pem|secret|openssl pkcs8 -topk8 -in",
        "ed25519.pem||is no key on an elliptic curve; openssl ecparam",
        "secp256k1.pem||is no private key of the curve P-256, P-384 or P-521",
        "sec1.pub||holds no private key in PEM",
        "none.pem||there is no file"
      })
  void whatIsNoKeyToSignWithIsToldSo(String name, String password, String words) {
    assertThatThrownBy(
            () ->
                KeyFiles.pair(KEYS.resolve(name), password == null ? null : password.toCharArray()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(name)
        .hasMessageContaining(words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n",
        "-----BEGIN EC PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\n?!\n-----END PRIVATE KEY-----\n",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"
      })
  void whatIsDamagedIsToldSo(String content) throws IOException {
    Path file = Files.writeString(directory.resolve("key.pem"), content);

    assertThatThrownBy(() -> KeyFiles.pair(file, null)).isInstanceOf(CommandFailure.class);
  }

  @Test
  void aPublicKeyThatIsNoneIsToldSo() {
    assertThatThrownBy(() -> KeyFiles.publicKey(KEYS.resolve("sec1.pem")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("sec1.pem: it is not one public key in PEM");
  }
}
