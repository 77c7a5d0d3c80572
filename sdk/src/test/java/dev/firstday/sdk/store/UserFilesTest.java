package dev.firstday.sdk.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.store.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserFilesTest {
  private static S3Fixture s3;
  private static Store store;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    s3 = S3Fixture.start();
    store = s3.store("n");
    s3.upload("n", "flights/a-1.csv", "one");
    s3.upload("n", "flights/a-2.csv", "two");
    s3.upload("n", "flights/a-10.csv", "ten");
    s3.upload("n", "flights/old/a-3.csv", "three");
    s3.upload("n", "flights/a+1.csv", "plus");
    s3.upload("other", "secret.csv", "not yours");
  }

  @AfterAll
  static void stop() throws IOException {
    store.close();
    s3.close();
  }

  @ParameterizedTest
  @CsvSource({
    "flights/a-1.csv, 1",
    "flights/a-*.csv, 3",
    "flights/a-?.csv, 2",
    "flights/*, 4",
    "s3://firstday-test/team/n/files/flights/a-*.csv, 3",
    "flights/old/*.csv, 1",
    "flights/a+1.csv, 1",
    "flights/a+*.csv, 1",
  })
  void findsFilesInOneFolder(String uri, int count) {
    assertThat(store.files().list(uri)).hasSize(count);
  }

  @Test
  void fetchesACopyWithItsDigest() {
    RemoteFile file = store.files().list("flights/a-1.csv").get(0);

    LocalFile copy = store.files().fetch(file, directory, "copy.csv");

    assertThat(file.uri()).isEqualTo("s3://firstday-test/team/n/files/flights/a-1.csv");
    assertThat(copy.path()).hasFileName("copy.csv").hasContent("one");
    assertThat(copy.bytes()).isEqualTo(3);
    assertThat(copy.digest()).isEqualTo(Contract.sha256("one".getBytes()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"flights/b.csv", "flights/b-*.csv", "s3://firstday-test/elsewhere/x"})
  void saysHowToUploadWhatIsMissing(String uri) {
    var failure = catchThrowableOfType(StoreException.class, () -> store.files().list(uri));

    assertThat(failure.why()).isEqualTo(Reason.OBJECT_NOT_FOUND);
    assertThat(failure.cure()).isEqualTo(Cure.FIX_DATA);
    assertThat(failure)
        .hasMessageContaining("'" + uri + "'")
        .hasMessageContaining(s3.endpoint())
        .hasMessageContaining("aws s3 cp FILE s3://firstday-test/");
  }

  /**
   * A key is taken as it stands: nothing in it is decoded, and nothing but a slash parts folders.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "flights/%2e%2e/%2e%2e/%2e%2e/other/files/secret.csv",
        "flights/..%2f..%2f..%2fother%2ffiles%2fsecret.csv",
        "flights/%252e%252e/%252e%252e/%252e%252e/other/files/secret.csv",
        "flights\\..\\..\\..\\other\\files\\secret.csv",
        "flights/..;/..;/..;/other/files/secret.csv"
      })
  void whatIsEncodedLeadsNowhere(String uri) {
    var failure = catchThrowableOfType(StoreException.class, () -> store.files().list(uri));

    assertThat(failure.why()).isEqualTo(Reason.OBJECT_NOT_FOUND);
  }

  /** Nothing is asked for outside of the namespace, but whether the bucket is there. */
  @ParameterizedTest
  @MethodSource("dev.firstday.sdk.OddPaths#all")
  void anOddPathLeadsNowhere(String path) {
    for (String uri : List.of(path, "flights/" + path, path + "/*")) {
      int before = s3.faults().requests().size();

      assertThatThrownBy(() -> store.files().list(uri)).isInstanceOf(StoreException.class);

      assertThat(s3.faults().requests().stream().skip(before))
          .as(uri)
          .allSatisfy(
              request ->
                  assertThat(request)
                      .containsAnyOf(
                          "HEAD /firstday-test HTTP",
                          "/firstday-test/team/n/files/",
                          "prefix=team%2Fn%2Ffiles%2F"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.org/a.csv, neither s3://bucket/key nor a key",
    "/etc/passwd, neither s3://bucket/key nor a key",
    "s3://bucket, it names no file",
    "flights/, it names no file",
    "*/a.csv, wildcards are for the part after the last slash",
    "../other/files/secret.csv, . and .. are no folders",
    "flights/../../../other/files/secret.csv, . and .. are no folders",
  })
  void refusesWhatIsNoFileOfS3(String uri, String why) {
    var failure = catchThrowableOfType(StoreException.class, () -> store.files().list(uri));

    assertThat(failure.why()).isEqualTo(Reason.INVALID_URI);
    assertThat(failure.cure()).isEqualTo(Cure.FIX_SPEC);
    assertThat(failure).hasMessageContaining("'" + uri + "'").hasMessageContaining(why);
  }
}
