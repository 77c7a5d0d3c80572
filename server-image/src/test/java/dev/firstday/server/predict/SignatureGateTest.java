package dev.firstday.server.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.firstday.api.Errand.Subject;
import dev.firstday.api.Signing;
import dev.firstday.api.Signing.Mode;
import dev.firstday.api.VersionHealth.SignatureState;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Inspection.Finding;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.signing.ModelSignature;
import dev.firstday.sdk.signing.SignatureFault;
import dev.firstday.sdk.signing.SignedFiles;
import dev.firstday.sdk.signing.SigningPair;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What an inspection says of versions that are signed or not, and what a predictor loads. */
class SignatureGateTest {
  private static final int NUMBER = 3;
  private static final TinyModel MODEL = TinyModel.of(TinyModel.LATE);
  private static final Subject VERSION = new Subject(NUMBER, MODEL.digest());
  private static S3Fixture s3;

  private final SigningPair team = SigningPair.create("team");
  private final SigningPair other = SigningPair.create("other");
  private Store store;

  @BeforeAll
  static void startS3() {
    s3 = S3Fixture.start();
  }

  @AfterAll
  static void stopS3() throws IOException {
    s3.close();
  }

  @BeforeEach
  void storeTheVersion(TestInfo test) {
    store = s3.store(test.getTestMethod().orElseThrow().getName().toLowerCase());
    MODEL.objects().values().forEach(store.objects()::put);
  }

  @AfterEach
  void closeTheStore() {
    store.close();
  }

  @Test
  void aSignedVersionHasASigner() {
    sign(VERSION, team);

    assertThat(inspect(Mode.REQUIRE))
        .isEqualTo(
            finding(null, null, new SignatureState(policy(Mode.REQUIRE), "team", null, null)));
    assertThat(inspect(Mode.WARN))
        .isEqualTo(finding(null, null, new SignatureState(policy(Mode.WARN), "team", null, null)));
    assertThat(inspect(Mode.IGNORE)).isEqualTo(finding(null, null, null));
  }

  @Test
  void aRequiredSignatureThatIsMissingIsAFault() {
    sign(VERSION, other);

    Finding found = inspect(Mode.REQUIRE);

    assertThat(found.fault()).isEqualTo("SignatureMissing");
    assertThat(found.message())
        .startsWith("there is no signature by team")
        .contains(", but by " + other.key().id().substring(0, 16))
        .endsWith("firstday model sign delays --version 3 --key FILE gives it one");
    assertThat(found.signature())
        .isEqualTo(new SignatureState(policy(Mode.REQUIRE), null, null, null));
  }

  @Test
  void aSignatureThatIsMissedIsToldAndNoFaultWhereThatIsAWarning() {
    Finding found = inspect(Mode.WARN);

    assertThat(found.fault()).isNull();
    assertThat(found.signature().fault()).isEqualTo("SignatureMissing");
    assertThat(found.signature().message()).startsWith("there is no signature by team");
    assertThat(inspect(Mode.IGNORE)).isEqualTo(finding(null, null, null));
  }

  /** Who may write to the bucket may rewrite a manifest and its record; but not sign it. */
  @Test
  void aManifestThatWasExchangedIsNotWhatWasSigned() {
    sign(VERSION, team);
    TinyModel forged = TinyModel.of(TinyModel.WHO);
    forged.objects().values().forEach(store.objects()::put);

    List<Finding> found =
        inspection(Mode.REQUIRE, VERSION, new Subject(NUMBER, forged.digest())).findings();

    assertThat(found)
        .extracting(Finding::digest, Finding::fault)
        .containsExactly(tuple(MODEL.digest(), null), tuple(forged.digest(), "SignatureInvalid"));
    assertThat(found.get(1).message()).contains("it was given to a").contains("with sha256");
  }

  @Test
  void aKeyThatIsNoneIsAFaultOnlyWhereSignaturesAreRequired() {
    sign(VERSION, team);
    String pem = "-----BEGIN PUBLIC KEY----- AAAA -----END PUBLIC KEY-----";
    Signing required = signing(Mode.REQUIRE, pem);
    Signing wanted = signing(Mode.WARN, pem);

    assertThat(inspection(required, VERSION).findings())
        .extracting(Finding::fault)
        .containsExactly("SigningKeyInvalid");
    Finding told = inspection(wanted, VERSION).findings().get(0);
    assertThat(told.fault()).isNull();
    assertThat(told.signature().fault()).isEqualTo("SigningKeyInvalid");
  }

  @Test
  void whatElseIsWrongIsToldOfASignedVersion() {
    TinyModel wrong = TinyModel.withOtherAnswers(TinyModel.LATE);
    wrong.objects().values().forEach(store.objects()::put);
    Subject version = new Subject(NUMBER, wrong.digest());
    sign(version, team);

    Finding found = inspection(Mode.REQUIRE, version).findings().get(0);

    assertThat(found.fault()).isEqualTo("GoldenMismatch");
    assertThat(found.signature().signer()).isEqualTo("team");
  }

  @Test
  void theAnswerFitsHoweverManyAreNotSigned() {
    List<Subject> versions = new ArrayList<>();
    for (int number = 1; number <= 10; number++) {
      versions.add(new Subject(number, MODEL.digest()));
    }
    for (Mode mode : List.of(Mode.REQUIRE, Mode.WARN)) {
      RunResult.Inspection answer = inspection(mode, versions.toArray(Subject[]::new));

      assertThat(answer.findings()).hasSize(10);
      assertThat(Contract.readResult(Contract.write(answer), answer.uid())).contains(answer);
    }
  }

  @Test
  void aPredictorLoadsOnlyWhatIsSigned() throws Exception {
    try (RunningPredictor predictor = new RunningPredictor()) {
      assertThatThrownBy(
              () ->
                  predictor
                      .server()
                      .load(MODEL.digest(), signing(Mode.REQUIRE, team.key().pem()), store))
          .isInstanceOfSatisfying(
              SignatureFault.class, e -> assertThat(e.reason()).isEqualTo("SignatureMissing"));
      assertThat(predictor.getAdmin("/readyz").statusCode()).isEqualTo(503);
      assertThat(predictor.getAdmin("/metrics").body())
          .doesNotContain("firstday_predictor_model_signed{");

      sign(VERSION, team);
      predictor.server().load(MODEL.digest(), signing(Mode.REQUIRE, team.key().pem()), store);

      assertThat(predictor.getAdmin("/readyz").statusCode()).isEqualTo(200);
      assertThat(predictor.getAdmin("/metrics").body())
          .contains("firstday_predictor_model_signed{model=\"delays\",version=\"3\",} 1.0");
    }
  }

  @Test
  void aPredictorSaysThatItAnswersUnsigned() throws Exception {
    try (RunningPredictor predictor = new RunningPredictor()) {
      predictor.server().load(MODEL.digest(), signing(Mode.WARN, team.key().pem()), store);

      assertThat(predictor.getAdmin("/readyz").statusCode()).isEqualTo(200);
      assertThat(predictor.getAdmin("/metrics").body())
          .contains("firstday_predictor_model_signed{model=\"delays\",version=\"3\",} 0.0");
    }
  }

  private void sign(Subject version, SigningPair pair) {
    SignedFiles files =
        SignedFiles.of(
            version.digest(), ModelManifest.load(version.digest(), store.objects()::read));
    store
        .signatures("delays")
        .add(
            version.number(),
            pair.key().id(),
            ModelSignature.sign(files, pair.key(), pair.privateKey()));
  }

  private Finding inspect(Mode mode) {
    return inspection(mode, VERSION).findings().get(0);
  }

  private RunResult.Inspection inspection(Mode mode, Subject... versions) {
    return inspection(signing(mode, team.key().pem()), versions);
  }

  private RunResult.Inspection inspection(Signing signing, Subject... versions) {
    return new Inspector(store)
        .run(
            new Run.Inspect(
                "run-1", "team-a", "delays", List.of(versions), signing, null, null, false));
  }

  private String policy(Mode mode) {
    return Contract.digest(signing(mode, team.key().pem()));
  }

  private static Signing signing(Mode mode, String pem) {
    return new Signing(mode, List.of(new Signing.PublicKey("team", pem)));
  }

  private static Finding finding(String fault, String message, SignatureState signature) {
    return new Finding(NUMBER, MODEL.digest(), fault, message, signature);
  }
}
