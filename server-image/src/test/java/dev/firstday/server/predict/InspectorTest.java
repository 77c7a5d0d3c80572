package dev.firstday.server.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.firstday.api.Errand.Subject;
import dev.firstday.api.GoldenCase;
import dev.firstday.api.Signing;
import dev.firstday.contract.Contract;
import dev.firstday.contract.PodEnvironment;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Inspection.Finding;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Versions in a real store, some of which are not what they were. */
class InspectorTest {
  private static final String NAMESPACE = "team-a";
  private static final String ROW =
      "{'carrier':'UA','hour':7,'distance':500,'scheduled':'2026-03-01T07:00:00','holiday':false}";
  private static S3Fixture s3;

  @BeforeAll
  static void startS3() {
    s3 = S3Fixture.start();
  }

  @AfterAll
  static void stopS3() throws IOException {
    s3.close();
  }

  @Test
  void eachVersionHasAFindingOfItsOwn() {
    TinyModel good = stored(TinyModel.of(TinyModel.DELAY));
    TinyModel other = stored(TinyModel.withOtherAnswers(TinyModel.LATE));
    TinyModel damaged = stored(TinyModel.of(TinyModel.WHO));
    String network = damaged.fileDigest(ModelManifest.MODEL);
    byte[] bytes = damaged.objects().get(network).clone();
    bytes[0] ^= 1;
    s3.tamper(NAMESPACE, network, bytes);

    List<Finding> findings =
        inspect(
                new Subject(4, "e".repeat(64)),
                new Subject(3, damaged.digest()),
                new Subject(2, other.digest()),
                new Subject(1, good.digest()))
            .findings();

    assertThat(findings)
        .extracting(Finding::number, Finding::fault)
        .containsExactly(
            tuple(4, "ObjectNotFound"),
            tuple(3, "DigestMismatch"),
            tuple(2, "GoldenMismatch"),
            tuple(1, null));
    assertThat(findings.get(1).message()).contains(network);
    assertThat(findings.get(2).message()).contains("golden row 0");
    assertThat(findings.get(3).message()).isNull();
  }

  @Test
  void theAnswerFitsHoweverMuchThereIsToSay() {
    List<Subject> missing = new ArrayList<>();
    for (int number = 1; number <= 20; number++) {
      missing.add(new Subject(number, Contract.digest("gone" + number)));
    }
    RunResult.Inspection answer = inspect(missing.toArray(Subject[]::new));

    assertThat(answer.findings()).hasSize(20).allMatch(f -> f.fault().equals("ObjectNotFound"));
    assertThat(Contract.readResult(Contract.write(answer), answer.uid())).contains(answer);
  }

  @Test
  void versionThatFailsAGoldenCaseHasThatFault() {
    String digest = stored(TinyModel.of(TinyModel.LATE)).digest();
    String good = "{'name':'any','inputs':%s,'expect':{'min':0,'max':1}}".formatted(ROW);
    String never = "{'name':'never','inputs':%s,'expect':{'min':2}}".formatted(ROW);
    String above = "{'name':'same','inputs':%s,'expect':{'above':'any'}}".formatted(ROW);

    assertThat(asked(digest, List.of(), good).fault()).isNull();
    Finding finding = asked(digest, List.of(), good, never, above);
    assertThat(finding.fault()).isEqualTo("GoldenCaseFailed");
    assertThat(finding.message())
        .startsWith("golden case never: expected probability at least 2, got late ")
        .contains(
            ", and 1 other cases fail; train a version that answers so, or correct spec.golden")
        .endsWith("run firstday model verify delays");
    assertThat(asked(digest, List.of(digest), never).fault()).as("it has passed before").isNull();
  }

  /** Whether that or the version is at fault a rollout can tell, where there are two. */
  @Test
  void goldenCaseThatTheVersionCannotReadIsLeftToTheRollout() {
    String digest = stored(TinyModel.of(TinyModel.LATE)).digest();

    assertThat(
            asked(
                    digest,
                    List.of(),
                    "{'name':'a','inputs':{'colour':'red'},'expect':{'label':true}}",
                    "{'name':'b','inputs':%s,'expect':{'label':'a text'}}".formatted(ROW),
                    "{'name':'c','inputs':%s,'expect':{'above':'a'}}".formatted(ROW))
                .fault())
        .isNull();
  }

  /** It can be served without, and who trains again has to know. */
  @Test
  void dataThatIsGoneIsToldWhereSomebodyAskedAndIsNoFaultOfTheVersion() {
    Subject version = new Subject(1, stored(TinyModel.of(TinyModel.LATE)).digest());

    try (Store store = s3.store(NAMESPACE)) {
      Finding finding =
          new Inspector(store)
              .run(
                  new Run.Inspect(
                      "run-1", NAMESPACE, "delays", List.of(version), null, null, null, true))
              .findings()
              .get(0);

      assertThat(finding.fault()).isNull();
      assertThat(finding.data().fault()).isEqualTo("ObjectNotFound");
      assertThat(finding.data().message())
          .startsWith("the manifest of flights/3: s3://")
          .endsWith("Restore it from a backup, or train on another version");
    }
    assertThat(inspect(version).findings().get(0).data()).as("nobody asked").isNull();
  }

  private static Finding asked(String digest, List<String> admitted, String... cases) {
    List<GoldenCase> golden =
        Stream.of(cases)
            .map(one -> Contract.read(one.replace('\'', '"'), GoldenCase.class))
            .toList();
    try (Store store = s3.store(NAMESPACE)) {
      return new Inspector(store)
          .run(
              new Run.Inspect(
                  "run-1",
                  NAMESPACE,
                  "delays",
                  List.of(new Subject(1, digest)),
                  null,
                  golden,
                  admitted,
                  false))
          .findings()
          .get(0);
    }
  }

  /** Nothing is said of a version because of a bucket that is not there. */
  @Test
  void aStoreThatDoesNotAnswerIsNoVersionsFault() {
    Map<String, String> environment = new HashMap<>(s3.environment(NAMESPACE));
    environment.put(PodEnvironment.S3_BUCKET, "no-such-bucket");
    try (Store nowhere = Store.open(environment, NAMESPACE)) {
      Inspector inspector = new Inspector(nowhere);
      assertThatThrownBy(() -> inspector.run(run(null, new Subject(1, "e".repeat(64)))))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("no-such-bucket");
    }
  }

  private static TinyModel stored(TinyModel model) {
    try (Store store = s3.store(NAMESPACE)) {
      model.objects().values().forEach(store.objects()::put);
    }
    return model;
  }

  private static RunResult.Inspection inspect(Subject... versions) {
    try (Store store = s3.store(NAMESPACE)) {
      return new Inspector(store).run(run(null, versions));
    }
  }

  private static Run.Inspect run(Signing signing, Subject... versions) {
    return new Run.Inspect(
        "run-1", NAMESPACE, "delays", List.of(versions), signing, null, null, false);
  }
}
