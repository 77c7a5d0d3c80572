package dev.firstday.sdk.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.store.StoreException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class ObjectStoreTest {
  private static S3Fixture s3;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    s3 = S3Fixture.start();
  }

  @AfterAll
  static void stop() throws IOException {
    s3.close();
  }

  @Test
  void givesBackWhatWasPut() throws IOException {
    try (Store store = s3.store("round-trip")) {
      String digest = store.objects().put("content".getBytes(UTF_8));

      assertThat(digest).isEqualTo(Contract.sha256("content".getBytes(UTF_8)));
      assertThat(store.objects().read(digest, 100)).asString().isEqualTo("content");
      Path file = store.objects().fetch(digest, directory);
      assertThat(file).hasFileName(digest).hasContent("content");
      assertThat(store.objects().put(file)).isEqualTo(digest);
    }
  }

  /** A digest comes from a manifest, which lies in S3 as everything else. */
  @ParameterizedTest
  @MethodSource("dev.firstday.sdk.OddPaths#all")
  void whatIsNoDigestIsNoName(String name) throws IOException {
    try (Store store = s3.store("odd")) {
      int before = s3.faults().requests().size();
      assertThatThrownBy(() -> store.objects().fetch(name, directory))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("not a sha256");
      assertThatThrownBy(() -> store.objects().read(name, 100))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(s3.faults().requests()).hasSize(before);
      assertThat(directory).isEmptyDirectory();
    }
  }

  @Test
  void doesNotUploadWhatIsThere() {
    try (Store store = s3.store("once")) {
      store.objects().put(new byte[] {1, 2, 3});
      int sent = s3.faults().requests().size();
      store.objects().put(new byte[] {1, 2, 3});

      assertThat(s3.faults().requests()).hasSizeGreaterThan(sent);
      assertThat(s3.faults().requests().subList(sent, s3.faults().requests().size()))
          .noneMatch(line -> line.startsWith("PUT"));
    }
  }

  @Test
  void diskThatFillsWhileAnObjectIsReadIsNotToldAsS3BeingAway() throws IOException {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();
    Path part = Files.createSymbolicLink(directory.resolve("part"), full);
    Map<String, String> environment = s3.environment("full");
    var keys =
        AwsBasicCredentials.create(
            environment.get("AWS_ACCESS_KEY_ID"), environment.get("AWS_SECRET_ACCESS_KEY"));
    try (Store store = s3.store("full");
        S3Access access = S3Access.connect(s3.settings(), StaticCredentialsProvider.create(keys))) {
      String key =
          s3.settings().root("full") + "objects/sha256/" + store.objects().put(new byte[100_000]);
      int asked = s3.faults().requests().size();

      RunFailure failure =
          catchThrowableOfType(
              RunFailure.class,
              () ->
                  access.get(
                      S3Fixture.BUCKET,
                      key,
                      (content, bytes) -> Downloads.write(content, bytes, part)));

      assertThat(failure.reason()).isEqualTo("ScratchNotWritable");
      assertThat(failure.cure()).isEqualTo(Cure.FIX_DATA);
      assertThat(failure)
          .hasMessageStartingWith(
              "files from S3 cannot be written to " + part + ": No space left on device");
      assertThat(s3.faults().requests()).as("asked once").hasSize(asked + 1);
    }
  }

  @Test
  void objectThatTheDiskHasNoRoomForIsRefusedBeforeItIsRead() {
    RunFailure failure =
        catchThrowableOfType(
            RunFailure.class,
            () ->
                Downloads.write(
                    InputStream.nullInputStream(), Long.MAX_VALUE, directory.resolve("part")));

    assertThat(failure.reason()).isEqualTo("ScratchFull");
    assertThat(failure).hasMessageStartingWith("files from S3 take 8,796,093,022,207 MiB in");
  }

  @Test
  void folderThatTakesNoFilesIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "no folder");
    try (Store store = s3.store("no folder")) {
      String digest = store.objects().put(new byte[1]);

      RunFailure failure =
          catchThrowableOfType(RunFailure.class, () -> store.objects().fetch(digest, file));

      assertThat(failure.reason()).isEqualTo("ScratchNotWritable");
      assertThat(failure).hasMessageContaining(file.resolve(digest).toString());
    }
  }

  @Test
  void refusesChangedContentAndLeavesNoFile() throws IOException {
    try (Store store = s3.store("flip")) {
      String digest = store.objects().put("good".getBytes(UTF_8));
      s3.tamper("flip", digest, "evil".getBytes(UTF_8));

      var read =
          catchThrowableOfType(StoreException.class, () -> store.objects().read(digest, 100));
      var fetched =
          catchThrowableOfType(
              StoreException.class, () -> store.objects().fetch(digest, directory));

      assertThat(read.why()).isEqualTo(Reason.DIGEST_MISMATCH);
      assertThat(fetched.why()).isEqualTo(Reason.DIGEST_MISMATCH);
      assertThat(fetched)
          .hasMessageContaining(digest)
          .hasMessageContaining(Contract.sha256("evil".getBytes(UTF_8)));
      assertThat(directory).isEmptyDirectory();
    }
  }

  @Test
  void fetchesAgainWhatWasDamagedOnDisk() throws IOException {
    try (Store store = s3.store("cache")) {
      String digest = store.objects().put("good".getBytes(UTF_8));
      Files.writeString(store.objects().fetch(digest, directory), "damaged");

      assertThat(store.objects().fetch(digest, directory)).hasContent("good");
    }
  }

  @Test
  void readsNoMoreThanAllowed() {
    try (Store store = s3.store("large")) {
      String digest = store.objects().put(new byte[1001]);

      var failure =
          catchThrowableOfType(StoreException.class, () -> store.objects().read(digest, 1000));

      assertThat(failure.why()).isEqualTo(Reason.OBJECT_TOO_LARGE);
      assertThat(failure).hasMessageContaining("1001 bytes, more than the 1000");
    }
  }

  @Test
  void triesAgainWhileTheStoreIsAwayForAMoment() {
    try (Store store = s3.store("moment")) {
      s3.faults().next(2, "PUT", FaultProxy.Fault.ANSWER_503);
      String digest = store.objects().put("content".getBytes(UTF_8));
      s3.faults().next(2, "GET", FaultProxy.Fault.BREAK);

      assertThat(store.objects().read(digest, 100)).asString().isEqualTo("content");
    }
  }

  @Test
  void saysThatTheStoreIsAway() {
    try (Store store = s3.store("away")) {
      s3.faults().away(true);

      var failure =
          catchThrowableOfType(StoreException.class, () -> store.objects().put(new byte[] {1}));

      assertThat(failure.why()).isEqualTo(Reason.S3_UNREACHABLE);
      assertThat(failure.cure()).isEqualTo(Cure.WAIT);
      assertThat(failure).hasMessageContaining(s3.endpoint()).hasMessageContaining("s3://");
    } finally {
      s3.faults().away(false);
    }
  }

  @Test
  void outlastsAStoreThatIsAwayForAWhile() {
    var settings = s3.settings();
    var patient =
        new StoreSettings(
            settings.endpoint(),
            settings.bucket(),
            settings.region(),
            settings.prefix(),
            settings.recordTimeout(),
            ofMinutes(1));
    try (Store store = Store.open(patient, s3.environment("n"), "n")) {
      int before = s3.faults().requests().size();
      s3.faults().away(true);
      var put = CompletableFuture.supplyAsync(() -> store.objects().put(new byte[] {7}));
      await().atMost(ofMinutes(1)).until(() -> s3.faults().requests().size() > before + 3);
      s3.faults().away(false);

      assertThat(put).succeedsWithin(ofMinutes(1));
    } finally {
      s3.faults().away(false);
    }
  }

  @Test
  void saysWhichObjectIsMissing() {
    try (Store store = s3.store("missing")) {
      String digest = Contract.sha256(new byte[] {42});

      var failure =
          catchThrowableOfType(StoreException.class, () -> store.objects().read(digest, 100));

      assertThat(failure.why()).isEqualTo(Reason.OBJECT_NOT_FOUND);
      assertThat(failure).hasMessageContaining("team/missing/objects/sha256/" + digest);
    }
  }

  @Test
  void saysThatTheBucketIsMissing() {
    var settings = s3.settings();
    var other =
        new StoreSettings(
            settings.endpoint(),
            "no-such-bucket",
            settings.region(),
            settings.prefix(),
            settings.recordTimeout(),
            settings.patience());
    try (Store store = Store.open(other, s3.environment("n"), "n")) {
      var put =
          catchThrowableOfType(StoreException.class, () -> store.objects().put(new byte[] {1}));
      var list =
          catchThrowableOfType(StoreException.class, () -> store.datasetVersions("d").numbers());

      assertThat(put.why()).isEqualTo(Reason.BUCKET_NOT_FOUND);
      assertThat(list.why()).isEqualTo(Reason.BUCKET_NOT_FOUND);
      assertThat(put).hasMessageContaining("no-such-bucket").hasMessageContaining("create it");
    }
  }

  @Test
  void saysThatCredentialsAreMissingOrWrongAndKeepsThemSecret() {
    Map<String, String> none = new HashMap<>(s3.environment("n"));
    none.remove("AWS_SECRET_ACCESS_KEY");
    Map<String, String> wrong = new HashMap<>(s3.environment("n"));
    wrong.put("AWS_SECRET_ACCESS_KEY", "not-the-secret");

    var missing = catchThrowableOfType(StoreException.class, () -> Store.open(none, "n"));
    assertThat(missing.why()).isEqualTo(Reason.S3_CREDENTIALS_MISSING);
    assertThat(missing).hasMessageContaining("Secret").hasMessageContaining(s3.endpoint());

    try (Store store = Store.open(s3.settings(), wrong, "n")) {
      var denied =
          catchThrowableOfType(StoreException.class, () -> store.objects().put(new byte[] {1}));
      assertThat(denied.why()).isEqualTo(Reason.S3_ACCESS_DENIED);
      assertThat(denied.getMessage()).doesNotContain("not-the-secret");
    }
  }
}
