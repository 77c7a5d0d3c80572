package dev.firstday.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {
  /** By openssl; the id is what model_signing wrote into a bundle by it. */
  private static final String PEM =
      """
      -----BEGIN PUBLIC KEY-----
      MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE5wjvv5N1mMtxRHXoGOc4AhPefzfl
      p1SLJEe3J5GrYnETvbvf8CTFz+iRc79DXyMeuDCNDp/EFKl7WYhTNXIPYQ==
      -----END PUBLIC KEY-----
      """;

  @Test
  void hasTheIdThatBundlesHave() {
    SigningKey key = SigningKey.of("me", PEM);

    assertThat(key.pem()).isEqualTo(PEM);
    assertThat(key.id())
        .isEqualTo("0f22546327d50e696f606a4df24b66b965348189f46049e608323aa892d67551");
    assertThat(key.algorithm()).isEqualTo("SHA256withECDSA");
  }

  @Test
  void readsWhatALineBreakOrABlankMoreDoesNotChange() {
    assertThat(SigningKey.of("me", "\n" + PEM.replace("\n", "\r\n") + "\n").id())
        .isEqualTo(SigningKey.of("me", PEM).id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE",
        "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n",
        "-----BEGIN PUBLIC KEY-----\n====\n-----END PUBLIC KEY-----\n",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
        "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n"
      })
  void refusesWhatIsNoKey(String text) {
    assertThatThrownBy(() -> SigningKey.of("me", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("it is no");
  }

  @Test
  void refusesTwoKeys() {
    assertThatThrownBy(() -> SigningKey.of("me", PEM + PEM))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAnotherKindOfKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    String pem =
        "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
            .formatted(
                Base64.getEncoder()
                    .encodeToString(generator.generateKeyPair().getPublic().getEncoded()));

    assertThatThrownBy(() -> SigningKey.of("me", pem))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("it is no public key of the curve P-256, P-384 or P-521");
  }
}
