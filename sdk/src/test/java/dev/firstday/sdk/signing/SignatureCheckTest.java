package dev.firstday.sdk.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstday.api.Signing;
import dev.firstday.contract.PodEnvironment;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.SignatureFiles;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Signatures in a real store. */
class SignatureCheckTest {
  private static S3Fixture s3;

  private final SigningPair team = SigningPair.create("team");
  private final SigningPair other = SigningPair.create("other");
  private final SignedFiles files =
      new SignedFiles(
          "delays",
          new TreeMap<>(Map.of(SignedFiles.MANIFEST, "a".repeat(64), "model.zip", "b".repeat(64))));
  private String namespace;

  @BeforeAll
  static void startS3() {
    s3 = S3Fixture.start();
  }

  @AfterAll
  static void stopS3() throws IOException {
    s3.close();
  }

  @BeforeEach
  void nameTheNamespace(TestInfo test) {
    namespace = test.getTestMethod().orElseThrow().getName().toLowerCase();
  }

  @Test
  void findsWhoseSignatureAVersionHas() {
    try (Store store = s3.store(namespace)) {
      assertThat(add(store, 3, team)).isTrue();

      assertThat(check(store, other, team).signer(3, files)).isEqualTo(team.key());
      assertThat(s3.keys(namespace))
          .contains("models/delays/signatures/3/" + team.key().id() + ".sig");
    }
  }

  @Test
  void aVersionWithoutASignatureIsToldHowToGetOne() {
    try (Store store = s3.store(namespace)) {
      add(store, 2, team);

      assertThatThrownBy(() -> check(store, team, other).signer(3, files))
          .isInstanceOfSatisfying(
              SignatureFault.class, e -> assertThat(e.reason()).isEqualTo("SignatureMissing"))
          .hasMessage(
              "there is no signature by team (%s) or other (%s); firstday model sign delays --version 3 --key FILE gives it one",
              team.key().id().substring(0, 16), other.key().id().substring(0, 16));
    }
  }

  @Test
  void aSignatureByAKeyThatIsNotTrustedIsTold() {
    try (Store store = s3.store(namespace)) {
      add(store, 3, other);

      assertThatThrownBy(() -> check(store, team).signer(3, files))
          .isInstanceOfSatisfying(
              SignatureFault.class, e -> assertThat(e.reason()).isEqualTo("SignatureMissing"))
          .hasMessageContaining(", but by " + other.key().id().substring(0, 16) + ";");
    }
  }

  @Test
  void aSignatureIsNeverReplaced() {
    try (Store store = s3.store(namespace)) {
      byte[] first = ModelSignature.sign(files, team.key(), team.privateKey());
      SignatureFiles signatures = store.signatures("delays");

      assertThat(signatures.add(3, team.key().id(), first)).isTrue();
      assertThat(add(store, 3, team)).isFalse();
      assertThat(add(store, 3, other)).isTrue();

      assertThat(signatures.find(3, team.key().id())).contains(first);
      assertThat(signatures.keyIds(3)).containsExactlyInAnyOrder(team.key().id(), other.key().id());
    }
  }

  /** One that is as it should be is enough; without any the broken one is told. */
  @Test
  void aBrokenSignatureIsToldUnlessAnotherIsWell() {
    try (Store store = s3.store(namespace)) {
      store
          .signatures("delays")
          .add(3, team.key().id(), "garbage".getBytes(StandardCharsets.UTF_8));

      assertThatThrownBy(() -> check(store, team, other).signer(3, files))
          .isInstanceOfSatisfying(
              SignatureFault.class, e -> assertThat(e.reason()).isEqualTo("SignatureInvalid"))
          .hasMessageStartingWith("s3://")
          .hasMessageContaining("/signatures/3/" + team.key().id() + ".sig is no signature by team")
          .hasMessageContaining("the bundle cannot be read")
          .hasMessageEndingWith("delete that object and sign again (firstday model sign)");

      add(store, 3, other);
      assertThat(check(store, team, other).signer(3, files)).isEqualTo(other.key());
    }
  }

  @Test
  void aSignatureByAnotherKeyInThePlaceOfItIsNone() {
    try (Store store = s3.store(namespace)) {
      store
          .signatures("delays")
          .add(3, team.key().id(), ModelSignature.sign(files, other.key(), other.privateKey()));

      assertThatThrownBy(() -> check(store, team).signer(3, files))
          .hasMessageContaining("it is by the key " + other.key().id());
    }
  }

  @Test
  void aKeyOfTheSpecThatIsNoneIsToldSo() {
    try (Store store = s3.store(namespace)) {
      Signing signing =
          new Signing(
              Signing.Mode.REQUIRE,
              List.of(
                  new Signing.PublicKey("team", team.key().pem()),
                  new Signing.PublicKey(
                      "next", "-----BEGIN PUBLIC KEY----- AAAA -----END PUBLIC KEY-----")));

      assertThatThrownBy(() -> SignatureCheck.of(signing, store.signatures("delays")))
          .isInstanceOfSatisfying(
              RunFailure.class, e -> assertThat(e.reason()).isEqualTo("SigningKeyInvalid"))
          .hasMessageStartingWith("spec.signing.publicKeys: the pem of next: it is no public key");
    }
  }

  @Test
  void aHugeSignatureIsNotRead() {
    try (Store store = s3.store(namespace)) {
      store.signatures("delays").add(3, team.key().id(), new byte[SignatureFiles.MAX_BYTES + 1]);

      assertThatThrownBy(() -> check(store, team).signer(3, files))
          .isInstanceOfSatisfying(
              SignatureFault.class, e -> assertThat(e.reason()).isEqualTo("SignatureInvalid"))
          .hasMessageContaining("has 262145 bytes, more than the 262144");
    }
  }

  @Test
  void aStoreThatDoesNotAnswerIsNoFaultOfTheSignature() {
    Map<String, String> environment = new HashMap<>(s3.environment(namespace));
    environment.put(PodEnvironment.S3_BUCKET, "no-such-bucket");
    try (Store nowhere = Store.open(environment, namespace)) {
      assertThatThrownBy(() -> check(nowhere, team).signer(3, files))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("no-such-bucket");
    }
  }

  private boolean add(Store store, int number, SigningPair pair) {
    return store
        .signatures("delays")
        .add(number, pair.key().id(), ModelSignature.sign(files, pair.key(), pair.privateKey()));
  }

  private static SignatureCheck check(Store store, SigningPair... pairs) {
    return new SignatureCheck(
        Stream.of(pairs).map(SigningPair::key).toList(), store.signatures("delays"));
  }
}
