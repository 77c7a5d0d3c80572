package dev.firstday.trainer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetCheck.Metric;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetSpec.ColumnSplit;
import dev.firstday.api.DatasetSpec.Files;
import dev.firstday.api.DatasetSpec.HashSplit;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.DatasetSpec.SourceColumn;
import dev.firstday.api.DatasetSpec.Split;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.DatasetStatus.RefreshTrigger;
import dev.firstday.api.DatasetStatus.Verdict;
import dev.firstday.api.DatasetTest;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.data.CheckOutcome;
import dev.firstday.sdk.data.CheckRecord;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.data.ResultLog;
import dev.firstday.sdk.store.FaultProxy.Fault;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import dev.firstday.trainer.sql.SqlResources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Run after run over the same data set. */
class RefreshTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static S3Fixture s3;

  @TempDir private Path scratch;
  private String namespace;
  private Store store;
  private Run.Snapshot small;

  @BeforeAll
  static void start() {
    s3 = S3Fixture.start();
  }

  @AfterAll
  static void stop() throws IOException {
    s3.close();
  }

  @BeforeEach
  void upload(TestInfo test) {
    namespace =
        "n"
            + Contract.sha256(test.getDisplayName().getBytes(StandardCharsets.UTF_8))
                .substring(0, 12);
    s3.upload(namespace, "rows.csv", Runs.csv());
    store = s3.store(namespace);
    small = Runs.with(Runs.small(namespace), Runs.atLeast("enough", Metric.ROW_COUNT, null, 200));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = RefreshTrigger.class,
      names = {"SPEC", "SCHEDULE"})
  void looksAtTheVersionAgainWhenNothingIsNew(RefreshTrigger trigger) {
    DatasetStatus.Version first = run(small).version();
    List<String> before = s3.faults().requests();

    RunResult.Snapshot second = run(Runs.next(small, "run-2", trigger, first));

    assertThat(second.version()).isEqualTo(first);
    assertThat(second.checks().summary()).isEqualTo("1/1");
    assertThat(second.checks().version()).isEqualTo(1);
    assertThat(second.checks().result()).isEqualTo(2);
    assertThat(since(before)).noneMatch(request -> request.startsWith("GET") && ofSource(request));
    assertThat(results().numbers()).containsExactly(1, 2);
    CheckRecord result = results().read(2);
    assertThat(result.built()).isFalse();
    assertThat(result.refused()).isFalse();
    assertThat(result.digest()).isEqualTo(first.digest());
    assertThat(result.sources()).isEqualTo(results().read(1).sources());
    assertThat(versions()).containsExactly(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = RefreshTrigger.class,
      names = {"CHANGE", "RETENTION"})
  void onlyListsWhenNothingIsNewAndNobodyAsks(RefreshTrigger trigger) {
    DatasetStatus.Version first = run(small).version();
    List<String> before = s3.faults().requests();

    RunResult.Snapshot second = run(Runs.next(small, "run-2", trigger, first));

    assertThat(second.version()).isEqualTo(first);
    assertThat(second.checks()).isNull();
    assertThat(results().numbers()).containsExactly(1);
    // results: list and read; the file; manifest and version record; retention's marks
    assertThat(since(before)).hasSizeLessThanOrEqualTo(6 + 2).noneMatch(r -> r.startsWith("PUT"));
  }

  @Test
  void remembersFilesThatWereWrittenAnewAndAreTheSame() {
    DatasetStatus.Version first = run(small).version();
    CheckRecord result = results().read(1);
    // as if S3 had given the file another ETag since
    s3.put(
        "team/" + namespace + "/datasets/small/results/1.json",
        Contract.write(result)
            .replace(result.sources(), "0".repeat(64))
            .getBytes(StandardCharsets.UTF_8));
    Run.Snapshot change = Runs.next(small, "run-2", RefreshTrigger.CHANGE, first);

    RunResult.Snapshot second = run(change);

    assertThat(second.version()).isEqualTo(first);
    assertThat(second.checks().result()).isEqualTo(2);
    assertThat(versions()).containsExactly(1);
    assertThat(results().read(2).built()).isFalse();
    assertThat(results().read(2).sources()).isEqualTo(result.sources());
    assertNothingIsFetched(Runs.withUid(change, "run-3"));
  }

  @Test
  void readsFilesAgainThatAreDeclaredOtherwise() {
    DatasetStatus.Version first = run(small).version();
    Files declared = new Files("rows", "rows.csv", DatasetSpec.Format.CSV, List.of("NA"), null);
    Run.Snapshot other =
        Runs.next(
            Runs.with(small, new DatasetSpec.Source(List.of(declared))),
            "run-2",
            RefreshTrigger.CHANGE,
            first);

    assertThat(run(other).version()).isEqualTo(first);

    assertThat(results().read(2).sources()).isNotEqualTo(results().read(1).sources());
    assertNothingIsFetched(Runs.withUid(other, "run-3"));
  }

  private void assertNothingIsFetched(Run.Snapshot run) {
    List<String> before = s3.faults().requests();
    assertThat(run(run).checks()).isNull();
    assertThat(since(before)).noneMatch(request -> request.startsWith("GET") && ofSource(request));
  }

  @Test
  void buildsAgainWhenTheRecipeIsAnother() {
    DatasetStatus.Version first = run(small).version();
    Run.Snapshot other =
        Runs.next(Runs.with(small, Runs.byHash(30, "id")), "run-2", RefreshTrigger.SPEC, first);

    DatasetStatus.Version second = run(other).version();

    assertThat(second.number()).isEqualTo(2);
    assertThat(second.tag()).isEqualTo("2.0.0");
  }

  @Test
  void findsAnOldVersionAgain() {
    DatasetStatus.Version first = run(small).version();
    s3.upload(namespace, "rows.csv", Runs.csv() + "1000,1.5,green,true\n");
    DatasetStatus.Version second =
        run(Runs.next(small, "run-2", RefreshTrigger.CHANGE, first)).version();
    s3.upload(namespace, "rows.csv", Runs.csv());

    DatasetStatus.Version third =
        run(Runs.next(small, "run-3", RefreshTrigger.CHANGE, second)).version();

    assertThat(second.number()).isEqualTo(2);
    assertThat(third).isEqualTo(first);
    assertThat(versions()).containsExactly(1, 2);
    assertThat(results().read(3).built()).isTrue();
  }

  @Test
  void tagsVersionsByWhatBecameOfTheRows() {
    DatasetStatus.Version first = run(small).version();
    Run.Snapshot reordered = Runs.with(small, "SELECT id, size, colour, late FROM rows WHERE true");
    DatasetStatus.Version patch =
        run(Runs.next(reordered, "run-2", RefreshTrigger.SPEC, first)).version();
    s3.upload(namespace, "rows.csv", Runs.csv() + "1000,1.5,green,true\n");
    DatasetStatus.Version minor =
        run(Runs.next(reordered, "run-3", RefreshTrigger.CHANGE, patch)).version();
    s3.upload(
        namespace,
        "rows.csv",
        Runs.csv().replace("\n7,3.5,", "\n7,99,") + "1000,1.5,green,true\n1001,2,green,false\n");
    DatasetStatus.Version major =
        run(Runs.next(reordered, "run-4", RefreshTrigger.CHANGE, minor)).version();

    assertThat(Stream.of(first, patch, minor, major).map(DatasetStatus.Version::tag))
        .containsExactly("1.0.0", "1.0.1", "1.1.0", "2.0.0");
  }

  @Test
  void countsARowThatMovedToAnotherSplitAsAnother() {
    s3.upload(
        namespace,
        "parts.csv",
        "part,size,late\n"
            + "train,1,true\ntrain,2,false\n"
            + "validation,3,true\nvalidation,4,false\n");
    Run.Snapshot byColumn = byColumn();
    DatasetStatus.Version first = run(byColumn).version();
    s3.upload(
        namespace,
        "parts.csv",
        "part,size,late\n"
            + "train,1,true\ntrain,2,false\n"
            + "train,3,true\nvalidation,4,false\nvalidation,5,true\n");

    DatasetStatus.Version second =
        run(Runs.next(byColumn, "run-2", RefreshTrigger.CHANGE, first)).version();

    assertThat(first.testRows()).isNull();
    assertThat(second.rows()).isEqualTo(5);
    assertThat(second.tag()).isEqualTo("2.0.0");
  }

  @Test
  void makesATestSplitWhereAColumnNamesIt() {
    s3.upload(
        namespace,
        "parts.csv",
        "part,size,late\n"
            + "train,1,true\ntrain,2,false\n"
            + "validation,3,true\nvalidation,4,false\ntest,5,true\ntest,6,false\n,7,true\n");

    DatasetStatus.Version version = run(byColumn()).version();

    assertThat(version.rows()).isEqualTo(6);
    assertThat(version.trainRows()).isEqualTo(2);
    assertThat(version.validationRows()).isEqualTo(2);
    assertThat(version.testRows()).isEqualTo(2);
  }

  @Test
  void storesATestSplitThatAddsUp() {
    Run.Snapshot tested =
        Runs.with(small, new Split(new HashSplit(List.of("id"), null, 25, 20), null, null));
    DatasetStatus.Version untested = run(small).version();

    DatasetStatus.Version version =
        run(Runs.next(tested, "run-2", RefreshTrigger.SPEC, untested)).version();

    assertThat(version.validationRows()).isEqualTo(untested.validationRows());
    assertThat(version.trainRows() + version.testRows()).isEqualTo(untested.trainRows());
    DatasetManifest manifest = DatasetManifest.load(store.objects(), version.digest());
    assertThat(manifest.test().rows()).isEqualTo(version.testRows()).isPositive();
    Path file = store.objects().fetch(manifest.test().digest(), scratch);
    assertThat(new ParquetSplitReader().read(file, manifest.columns()).rows())
        .isEqualTo(version.testRows().intValue());
  }

  @Test
  void saysWhichObjectOfTheVersionIsDamaged() {
    DatasetStatus.Version first = run(small).version();
    DatasetManifest manifest = DatasetManifest.load(store.objects(), first.digest());
    s3.tamper(namespace, manifest.train().digest(), new byte[(int) manifest.train().bytes()]);

    RunFailure failure = failure(Runs.next(small, "run-2", RefreshTrigger.SCHEDULE, first));

    assertThat(failure.reason()).isEqualTo("VersionDamaged");
    assertThat(failure.cure()).isEqualTo(Cure.FIX_DATA);
    assertThat(failure)
        .hasMessageContaining("version small/1 is damaged: ")
        .hasMessageContaining("objects/sha256/" + manifest.train().digest())
        .hasMessageContaining("firstday.dev/refresh");
    assertThat(results().numbers()).containsExactly(1);
  }

  @Test
  void buildsALostObjectAgainWhenAskedTo() {
    DatasetStatus.Version first = run(small).version();
    DatasetManifest manifest = DatasetManifest.load(store.objects(), first.digest());
    s3.lose(namespace, manifest.validation().digest());

    assertThat(failure(Runs.next(small, "run-2", RefreshTrigger.SCHEDULE, first)).reason())
        .isEqualTo("VersionDamaged");
    RunResult.Snapshot mended = run(Runs.next(small, "run-3", RefreshTrigger.SPEC, first));

    assertThat(mended.version()).isEqualTo(first);
    assertThat(store.objects().bytes(manifest.validation().digest())).isPresent();
    assertThat(run(Runs.next(small, "run-4", RefreshTrigger.SCHEDULE, first)).checks().summary())
        .isEqualTo("1/1");
  }

  @Test
  void remembersWhatWasRefusedUntilItIsAskedAgain() {
    DatasetStatus.Version good = run(small).version();
    s3.upload(namespace, "rows.csv", Runs.csv().replaceAll("(?m)^199,.*\n", ""));
    Run.Snapshot change = Runs.next(small, "run-2", RefreshTrigger.CHANGE, good);
    RunResult.Snapshot refused = run(change);
    List<String> before = s3.faults().requests();

    RunResult.Snapshot again = run(Runs.withUid(change, "run-3"));
    RunResult.Snapshot same = run(change);

    assertThat(refused.version().refused()).isTrue();
    assertThat(refused.version().tag()).isEqualTo("2.0.0");
    assertThat(again.version()).isEqualTo(refused.version());
    assertThat(again.checks()).isNull();
    assertThat(same.version()).isEqualTo(refused.version());
    assertThat(since(before)).noneMatch(request -> request.startsWith("GET") && ofSource(request));
    RunResult.Snapshot scheduled = run(Runs.next(small, "run-4", RefreshTrigger.SCHEDULE, good));
    assertThat(scheduled.version()).isEqualTo(refused.version());
    assertThat(scheduled.checks().failed()).isEqualTo(1);
    assertThat(versions()).containsExactly(1, 2);
    assertThat(results().numbers()).containsExactly(1, 2, 3);
  }

  @Test
  void holdsARepeatedRunToWhatItFoundFirst() {
    RunResult.Snapshot first = run(small);
    s3.upload(namespace, "rows.csv", Runs.csv() + "1000,1.5,green,true\n");

    assertThat(run(small)).isEqualTo(first);
    assertThat(results().numbers()).containsExactly(1);
  }

  @Test
  void storesAgainWhatAnAttemptOfLongAgoHadStored() {
    String versions = "PUT /firstday-test/team/" + namespace + "/datasets/small/versions";
    s3.faults().next(1000, versions, Fault.ANSWER_503);
    assertThat(failure(small).reason()).isEqualTo("S3Unreachable");
    s3.faults().mend();
    DatasetManifest manifest = DatasetManifest.load(store.objects(), results().read(1).digest());
    s3.lose(namespace, manifest.train().digest());

    assertThat(run(small).version().digest()).isEqualTo(manifest.digest());

    assertThat(store.objects().bytes(manifest.train().digest())).isPresent();
    assertThat(results().numbers()).containsExactly(1);
  }

  @Test
  void testsTheTransformBeforeAnythingIsFetched() {
    Run.Snapshot tested =
        Runs.with(
            Runs.with(
                small,
                new DatasetSpec.Source(
                    List.of(
                        new Files(
                            "rows",
                            "rows.csv",
                            null,
                            List.of("NA"),
                            List.of(
                                new SourceColumn("id", Type.BIGINT),
                                new SourceColumn("size", Type.DOUBLE),
                                new SourceColumn("colour", Type.VARCHAR),
                                new SourceColumn("late", Type.BOOLEAN)))))),
            "tests",
            List.of(test("blue")));
    List<String> before = s3.faults().requests();

    RunFailure failure = failure(tested);

    assertThat(failure.reason()).isEqualTo("TestsFailed");
    assertThat(since(before)).noneMatch(request -> request.startsWith("GET") && ofSource(request));
    assertThat(results().numbers()).isEmpty();
    assertThat(run(Runs.with(tested, "tests", List.of(test("red")))).version().number())
        .isEqualTo(1);
  }

  @Test
  void testsTheTransformWithTypesFromTheFilesWhereNoneAreDeclared() {
    DatasetStatus.Version first = run(small).version();
    Run.Snapshot failing = Runs.with(small, "tests", List.of(test("blue")));

    assertThat(failure(Runs.next(failing, "run-2", RefreshTrigger.SPEC, first)).reason())
        .isEqualTo("TestsFailed");
    Run.Snapshot passing = Runs.with(small, "tests", List.of(test("red")));
    assertThat(run(Runs.next(passing, "run-3", RefreshTrigger.SPEC, first)).version())
        .isEqualTo(first);
  }

  @Test
  void saysOfAGoodVersionThatItFailsToday() {
    Run.Snapshot fresh =
        Runs.with(
            small,
            "SELECT *, TIMESTAMP '2026-01-01 10:00:00' AS at FROM rows",
            Stream.concat(
                    Runs.columns().stream(),
                    Stream.of(Runs.column("at", Type.TIMESTAMP, Role.EVENT_TIME)))
                .toList(),
            Runs.byHash(25, "id"));
    Run.Snapshot checked =
        checks(fresh, "{'metric':'freshness','column':'at','unit':'hours','mustBeLessThan':3}");
    DatasetStatus.Version good = run(checked).version();
    Run.Snapshot scheduled = Runs.next(checked, "run-2", RefreshTrigger.SCHEDULE, good);

    RunResult.Snapshot later = run(scheduled, NOON.plus(Duration.ofHours(5)));

    assertThat(later.version()).isEqualTo(good);
    assertThat(later.version().refused()).isNull();
    assertThat(later.checks().failed()).isEqualTo(1);
    assertThat(results().read(2).refused()).isTrue();
    assertThat(results().read(2).built()).isFalse();
    assertThat(versions()).containsExactly(1);
    assertThat(run(Runs.next(checked, "run-3", RefreshTrigger.CHANGE, good)).version())
        .isEqualTo(good);
  }

  @Test
  void comparesWithTheVersionBeforeAlsoWhenItLooksAgain() {
    Run.Snapshot compared =
        checks(
            small,
            "{'name':'growth','metric':'change','arguments':{'of':'rowCount'},"
                + "'unit':'percent','mustBeBetween':[0,10]}");
    RunResult.Snapshot first = run(compared);
    s3.upload(namespace, "rows.csv", Runs.csv() + "1000,1.5,green,true\n1001,2,red,false\n");
    RunResult.Snapshot second =
        run(Runs.next(compared, "run-2", RefreshTrigger.SCHEDULE, first.version()));
    Run.Snapshot again = Runs.next(compared, "run-3", RefreshTrigger.SCHEDULE, second.version());

    RunResult.Snapshot third = run(again);
    DatasetManifest before = DatasetManifest.load(store.objects(), first.version().digest());
    s3.lose(namespace, before.train().digest());
    RunResult.Snapshot swept = run(Runs.withUid(again, "run-4"));

    assertThat(first.checks().skipped()).isEqualTo(1);
    assertThat(second.checks().outcomes().get(0).value()).isEqualTo(1.0);
    assertThat(third.checks().outcomes().get(0).value()).isEqualTo(1.0);
    assertThat(swept.checks().skipped()).as("its rows are gone").isEqualTo(1);
  }

  @Test
  void fetchesThePinnedVersionForChecksThatAskForIt() {
    DatasetStatus.Version first = run(small).version();
    DatasetManifest pinned = DatasetManifest.load(store.objects(), first.digest());
    s3.upload(namespace, "rows.csv", Runs.csv() + "1000,1.5,green,true\n");
    Run.Snapshot plain = pinned(Runs.next(small, "run-2", RefreshTrigger.SPEC, first));
    // other columns: the tag is known without the rows
    Run.Snapshot other =
        Runs.with(
            plain,
            "SELECT id, size, late FROM rows",
            Runs.columns().stream().filter(column -> !column.name().equals("colour")).toList(),
            Runs.byHash(25, "id"));
    List<String> before = s3.faults().requests();
    run(other);
    assertThat(since(before)).noneMatch(request -> isRead(request, pinned));

    RunResult.Snapshot compared =
        run(
            Runs.withUid(
                checks(
                    other,
                    "{'metric':'drift','column':'size','arguments':"
                        + "{'method':'psi','against':'pinned'},'mustBeLessThan':0.2}"),
                "run-3"));

    assertThat(since(before)).anyMatch(request -> isRead(request, pinned));
    assertThat(compared.checks().summary()).isEqualTo("1/1");
  }

  private static boolean isRead(String request, DatasetManifest manifest) {
    return request.startsWith("GET") && request.contains(manifest.train().digest());
  }

  @Test
  void knowsTheHistoryOfGoodVersions() {
    Run.Snapshot watched =
        checks(
            small,
            "{'name':'usual','metric':'anomaly','arguments':"
                + "{'of':'rowCount','minHistory':2,'history':5}}",
            "{'metric':'max','column':'id','mustBeLessThan':2000}");
    DatasetStatus.Version last = null;
    String rows = Runs.csv();
    List<CheckOutcome> outcomes = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      rows += "%d,1.5,green,true\n".formatted(1000 + i);
      // the second one is refused and counts for nothing
      s3.upload(namespace, "rows.csv", i == 2 ? rows + "3000,1,red,true\n" : rows);
      RunResult.Snapshot result =
          run(Runs.next(watched, "run-" + i, RefreshTrigger.SCHEDULE, last));
      last = result.version().refused() == null ? result.version() : last;
      outcomes.add(results().read(i).outcomes().get(0));
    }

    assertThat(outcomes)
        .extracting(CheckOutcome::verdict)
        .containsExactly(Verdict.SKIPPED, Verdict.SKIPPED, Verdict.SKIPPED, Verdict.PASSED);
    assertThat(outcomes.get(3).note()).contains("2 earlier runs");
    run(Runs.next(watched, "run-5", RefreshTrigger.SCHEDULE, last));
    assertThat(results().read(5).outcomes().get(0).note()).contains("2 earlier runs");
  }

  @Test
  void keepsRowsThatFail() {
    run(checks(small, "{'metric':'nullValues','column':'size','mustBe':0,'severity':'warning'}"));

    CheckOutcome outcome = results().read(1).outcomes().get(0);

    assertThat(outcome.sampleRows()).isEqualTo(20);
    assertThat(store.objects().bytes(outcome.sample())).isPresent();
  }

  @Test
  void looksIntoTheTablesOfTheSourceThatChecksName() {
    s3.upload(namespace, "colours.csv", "name\nred\n");
    DatasetSpec.Source source =
        new DatasetSpec.Source(
            List.of(
                Runs.source("rows", "rows.csv").files().get(0),
                Runs.source("colours", "colours.csv").files().get(0)));

    RunResult.Snapshot result =
        run(
            checks(
                Runs.with(small, source),
                "{'metric':'referentialIntegrity','column':'colour','arguments':"
                    + "{'table':'colours','tableColumns':['name']},'mustBe':0}"));

    assertThat(result.checks().failed()).isEqualTo(1);
    assertThat(result.checks().outcomes().get(0).value()).isEqualTo(133.0);
  }

  private static Run.Snapshot checks(Run.Snapshot run, String... checks) {
    return Runs.with(
        run,
        "checks",
        Contract.read("[" + String.join(",", checks).replace('\'', '"') + "]", Object.class));
  }

  private static Run.Snapshot pinned(Run.Snapshot run) {
    return new Run.Snapshot(
        run.uid(),
        run.namespace(),
        run.dataset(),
        run.spec(),
        run.trigger(),
        run.previous(),
        run.previous(),
        run.referred(),
        run.retention());
  }

  private static DatasetTest test(String expected) {
    return new DatasetTest(
        "keeps the colour",
        List.of(new DatasetTest.Given("rows", null, "id,colour\n1,red\n")),
        new DatasetTest.Rows(null, "id,colour\n1," + expected + "\n"));
  }

  private Run.Snapshot byColumn() {
    return Runs.with(
        Runs.with(
            Runs.with(
                small,
                "FROM parts",
                List.of(
                    Runs.column("part", Type.VARCHAR, Role.OTHER),
                    Runs.column("size", Type.DOUBLE, Role.FEATURE),
                    Runs.column("late", Type.BOOLEAN, Role.LABEL)),
                new Split(null, null, new ColumnSplit("part", null, null, null))),
            Runs.source("parts", "parts.csv")),
        new DatasetCheck[0]);
  }

  private RunResult.Snapshot run(Run.Snapshot run) {
    return run(run, NOON);
  }

  private RunResult.Snapshot run(Run.Snapshot run, Instant now) {
    return (RunResult.Snapshot) worker(now).run(run);
  }

  private RunFailure failure(Run.Snapshot run) {
    return catchThrowableOfType(RunFailure.class, () -> worker(NOON).run(run));
  }

  private SnapshotWorker worker(Instant now) {
    return Runs.worker(
        store, new SqlResources(500L << 20, 2), scratch, Clock.fixed(now, ZoneOffset.UTC));
  }

  private ResultLog results() {
    return ResultLog.of(store, "small");
  }

  private List<Integer> versions() {
    return store.datasetVersions("small").numbers();
  }

  private static List<String> since(List<String> before) {
    List<String> requests = s3.faults().requests();
    return requests.subList(before.size(), requests.size());
  }

  private boolean ofSource(String request) {
    return request.contains("/" + namespace + "/files/");
  }
}
