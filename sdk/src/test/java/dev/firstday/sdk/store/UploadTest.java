package dev.firstday.sdk.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadTest {
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
  void sendsWhatIsNewAndWhatHasChangedButNothingTwice() throws IOException {
    Path file = Files.writeString(directory.resolve("rows.csv"), "a,b\n1,2\n");
    try (Store store = s3.store("upload")) {
      assertThat(store.files().put("rows/rows.csv", file)).isTrue();
      assertThat(store.files().put("rows/rows.csv", file)).isFalse();
      assertThat(store.files().list("rows/*.csv")).hasSize(1);

      Files.writeString(file, "a,b\n1,3\n");

      assertThat(store.files().put("rows/rows.csv", file)).isTrue();
      RemoteFile there = store.files().list("rows/rows.csv").get(0);
      assertThat(store.files().fetch(there, directory, "copy").path()).hasContent("a,b\n1,3");
    }
  }
}
