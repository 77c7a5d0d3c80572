package dev.firstday.sdk.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.firstday.contract.Contract;
import dev.firstday.contract.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bundles that model_signing wrote, of which {@code resources/signing/README.md} tells, and our
 * own.
 */
class ModelSignatureTest {
  private static final Path FIXTURES = Path.of("src", "test", "resources", "signing");
  private static final Path PROGRAM = Path.of("..", "cluster-tests", "model-signing");
  private static final Path INSTALLED =
      Path.of("..", "cluster-tests", "target", "model-signing", "installed");

  private final SigningPair pair = SigningPair.create("release-team");
  private final SignedFiles files = folder(FIXTURES.resolve("delays"));

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"p256", "p384"})
  void takesWhatModelSigningWrote(String name) {
    ModelSignature.verify(fixture(name + ".sig"), files, key(name));
  }

  @ParameterizedTest
  @CsvSource({
    "secp256r1, SHA256withECDSA",
    "secp384r1, SHA384withECDSA",
    "secp521r1, SHA512withECDSA"
  })
  void takesItsOwn(String curve, String algorithm) {
    SigningPair own = SigningPair.create("me", curve);

    byte[] bundle = ModelSignature.sign(files, own.key(), own.privateKey());

    assertThat(own.key().algorithm()).isEqualTo(algorithm);
    ModelSignature.verify(bundle, files, own.key());
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
  void isTakenByModelSigning(String curve) throws IOException, InterruptedException {
    assumeTrue(
        Files.exists(INSTALLED),
        "skipped: cluster-tests/model-signing has not been run, which installs model_signing");
    SigningPair own = SigningPair.create("me", curve);
    Path key = Files.writeString(directory.resolve("key.pub"), own.key().pem());
    Path bundle =
        Files.write(
            directory.resolve("model.sig"),
            ModelSignature.sign(files, own.key(), own.privateKey()));
    Path other = copy(FIXTURES.resolve("delays"), directory.resolve("tampered"));
    Files.writeString(other.resolve("model.zip"), "another network");

    assertThat(modelSigning(key, bundle, FIXTURES.resolve("delays")))
        .isEqualTo("Verification succeeded");
    assertThat(modelSigning(key, bundle, other)).contains("Hash mismatch for 'model.zip'");
  }

  @Test
  void aKeyThatDidNotSignIsToldByItsHint() {
    assertFault(
        () -> ModelSignature.verify(fixture("p256.sig"), files, pair.key()),
        "it is by the key " + key("p256").id() + ", and not by release-team");
  }

  /** The hint is not signed: who changes it as well is found out all the same. */
  @Test
  void aKeyThatDidNotSignIsToldWhateverTheHintSays() {
    String forged = text("p256.sig").replace(key("p256").id(), pair.key().id());
    String silent = text("p256.sig").replace("\"hint\":\"" + key("p256").id() + "\"", "");

    assertFault(() -> verify(forged), "what it holds is not what release-team");
    assertFault(() -> verify(silent), "what it holds is not what release-team");
    assertThatCode(
            () ->
                ModelSignature.verify(silent.getBytes(StandardCharsets.UTF_8), files, key("p256")))
        .doesNotThrowAnyException();
  }

  @Test
  void aFileThatWasChangedIsNamed() {
    SignedFiles changed = with("model.zip", "e".repeat(64));

    assertFault(
        () -> ModelSignature.verify(fixture("p256.sig"), changed, key("p256")),
        "it was given to a model.zip with sha256 "
            + files.digests().get("model.zip")
            + ", and the version's has "
            + "e".repeat(64));
  }

  @Test
  void aManifestThatWasChangedIsNamed() {
    assertFault(
        () ->
            ModelSignature.verify(
                fixture("p256.sig"), with(SignedFiles.MANIFEST, "e".repeat(64)), key("p256")),
        "it was given to a manifest.json");
  }

  @Test
  void aFileThatNobodySignedIsNamed() {
    assertFault(
        () ->
            ModelSignature.verify(
                fixture("p256.sig"), with("code.jar", "e".repeat(64)), key("p256")),
        "it says nothing of code.jar, which the version has");
    assertFault(
        () -> ModelSignature.verify(fixture("less.sig"), files, key("p256")),
        "it says nothing of features.json, which the version has");
  }

  @Test
  void aFileThatIsMissingIsNamed() {
    assertFault(
        () -> ModelSignature.verify(fixture("more.sig"), files, key("p256")),
        "it is about code.jar as well, which the version does not have");
  }

  @Test
  void aStatementThatWasChangedIsNotWhatWasSigned() {
    String payload = statement().replace(files.digests().get("model.zip"), "e".repeat(64));
    byte[] signature = pair.signature(SigningPair.PAYLOAD_TYPE, statement());

    assertFault(
        () -> verify(pair.bundle(SigningPair.PAYLOAD_TYPE, payload, signature)),
        "what it holds is not what release-team");
  }

  /** CVE-2022-21449: zeros that an unpatched Java takes for anybody's signature. */
  @Test
  void zerosAreNobodysSignature() {
    byte[] zeros = {0x30, 0x06, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00};

    assertFault(
        () -> verify(pair.bundle(SigningPair.PAYLOAD_TYPE, statement(), zeros)),
        "what it holds is not what release-team");
    assertFault(
        () -> verify(pair.bundle(SigningPair.PAYLOAD_TYPE, statement(), new byte[0])),
        "what it holds is not what release-team");
  }

  @Test
  void anotherTypeOfPayloadIsNoStatement() {
    byte[] signature = pair.signature("text/plain", statement());

    assertFault(
        () -> verify(pair.bundle("text/plain", statement(), signature)),
        "it signs no application/vnd.in-toto+json, but text/plain");
    assertFault(
        () -> verify(pair.bundle(SigningPair.PAYLOAD_TYPE, statement(), signature)),
        "what it holds is not what release-team");
  }

  /** What somebody did sign with the key, and that is no statement about these files. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://in-toto.io/Statement/v1|https://in-toto.io/Statement/v9|its statement has _type https://in-toto.io/Statement/v9",
        "model_signing/signature/v1.0|model_signing/Digests/v0.1|its statement has predicateType https://model_signing/Digests/v0.1, and not https://model_signing/signature/v1.0",
        "'\"method\":\"files\"'|'\"method\":\"shards\"'|its statement has serialization.method shards, and not files",
        "'\"hash_type\":\"sha256\"'|'\"hash_type\":\"blake2\"'|its statement has serialization.hash_type blake2, and not sha256",
        "'\"algorithm\":\"sha256\"'|'\"algorithm\":\"md5\"'|its statement has algorithm of features.json md5, and not sha256",
        "'\"algorithm\":\"sha256\",'|''|its statement has algorithm of features.json null, and not sha256",
        "'\"name\":\"model.zip\"'|'\"name\":\"features.json\"'|its statement names features.json twice",
        "'\"name\":\"model.zip\"'|'\"names\":\"model.zip\"'|its statement has a resource without a name",
        "'\"resources\":'|'\"others\":'|its statement has no predicate with serialization and resources",
        "'\"subject\":'|'\"subjects\":'|its statement has not one subject with a digest",
        "'\"_type\":'|'\"predicateType\":\"x\",\"_type\":'|its statement cannot be read: Duplicate field 'predicateType'",
        "'{\"_type\"'|'[{\"_type\"'|its statement cannot be read",
      })
  void whatIsSignedHasToBeAStatementAboutTheFiles(String part, String other, String words) {
    String payload = statement().replace(part, other);

    assertThat(payload).isNotEqualTo(statement());
    assertFault(() -> verify(pair.bundle(payload)), words);
  }

  @Test
  void theSubjectStandsForAllTheDigests() {
    String digest =
        statement()
            .replaceAll(".*\"subject\":\\[\\{\"digest\":\\{\"sha256\":\"([0-9a-f]+)\".*", "$1");

    assertFault(
        () -> verify(pair.bundle(statement().replace(digest, "e".repeat(64)))),
        "its statement has the digest of its subject eeee");
  }

  @Test
  void hashesThatAreNoSha256AreNotJudged() {
    assertFault(
        () -> ModelSignature.verify(fixture("blake3.sig"), files, key("p256")),
        "its statement has serialization.hash_type blake3, and not sha256");
    assertFault(
        () -> ModelSignature.verify(fixture("shards.sig"), files, key("p256")),
        "its statement has serialization.method shards, and not files");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{",
        "{} {}",
        "\u0000\u0001",
        "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\"}",
        "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"verificationMaterial\":{\"publicKey\":{}}}",
        "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"verificationMaterial\":{\"publicKey\":{}},\"dsseEnvelope\":{\"payload\":\"?\"}}",
        "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"verificationMaterial\":{\"publicKey\":{}},\"dsseEnvelope\":{\"payload\":\"\",\"signatures\":[null]}}",
        "{\"mediaType\":1,\"mediaType\":2}"
      })
  void whatIsNoBundleIsToldSo(String garbage) {
    assertThatThrownBy(() -> verify(garbage))
        .isInstanceOfSatisfying(
            SignatureFault.class, e -> assertThat(e.reason()).isEqualTo("SignatureInvalid"));
  }

  @Test
  void whatIsNestedWithoutEndIsNotRead() {
    assertFault(() -> verify("[".repeat(100_000)), "the bundle cannot be read");
    assertFault(() -> verify("{\"x\":" + "[".repeat(100_000)), "the bundle cannot be read");
  }

  @Test
  void bytesThatAreNoTextAreNotRead() {
    assertFault(
        () -> ModelSignature.verify(new byte[] {'{', (byte) 0xff, '}'}, files, pair.key()),
        "the bundle is no UTF-8");
  }

  @Test
  void whatWasMadeWithACertificateIsToldSo() {
    assertFault(
        () -> verify(text("p256.sig").replace("publicKey", "x509CertificateChain")),
        "it was not made with a key");
  }

  /** Names are strangers' words in conditions and logs. */
  @Test
  void namesAreShownInShort() {
    SignedFiles odd = with("a\u001b[31m" + "b".repeat(1000), "e".repeat(64));
    byte[] bundle = ModelSignature.sign(odd, pair.key(), pair.privateKey());

    assertThatThrownBy(() -> ModelSignature.verify(bundle, files, pair.key()))
        .hasMessageContaining("a?[31mbbb")
        .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(300));
  }

  @Test
  void aPrivateKeyOfAnotherPairIsRefused() {
    assertThatThrownBy(
            () -> ModelSignature.sign(files, pair.key(), SigningPair.create("x").privateKey()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the private key is not that of release-team");
  }

  private void verify(String bundle) {
    verify(bundle.getBytes(StandardCharsets.UTF_8));
  }

  private void verify(byte[] bundle) {
    ModelSignature.verify(bundle, files, pair.key());
  }

  private String statement() {
    return new String(Statement.of(files).json(), StandardCharsets.UTF_8);
  }

  private SignedFiles with(String name, String digest) {
    TreeMap<String, String> digests = new TreeMap<>(files.digests());
    digests.put(name, digest);
    return new SignedFiles(files.model(), digests);
  }

  private static void assertFault(ThrowingCallable verification, String words) {
    assertThatThrownBy(verification)
        .isInstanceOfSatisfying(
            SignatureFault.class, e -> assertThat(e.reason()).isEqualTo("SignatureInvalid"))
        .hasMessageContaining(words);
  }

  private static String modelSigning(Path key, Path bundle, Path folder)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                PROGRAM.toString(),
                "verify",
                "key",
                "--public_key",
                key.toString(),
                "--signature",
                bundle.toString(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("it ends").isTrue();
      return said.strip();
    } finally {
      process.destroyForcibly();
    }
  }

  private static Path copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var names = Files.list(from)) {
      for (Path file : names.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }

  private static SignedFiles folder(Path folder) {
    TreeMap<String, String> digests = new TreeMap<>();
    try (var names = Files.list(folder)) {
      for (Path file : names.toList()) {
        digests.put(file.getFileName().toString(), Contract.sha256(Files.readAllBytes(file)));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return new SignedFiles(folder.getFileName().toString(), digests);
  }

  private static SigningKey key(String name) {
    return SigningKey.of(name, text(name + ".pub"));
  }

  private static String text(String name) {
    return new String(fixture(name), StandardCharsets.UTF_8);
  }

  private static byte[] fixture(String name) {
    try {
      return Files.readAllBytes(FIXTURES.resolve(name));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
