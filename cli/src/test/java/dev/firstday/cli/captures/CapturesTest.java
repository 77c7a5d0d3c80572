package dev.firstday.cli.captures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstday.api.ModelDeployment;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Style;
import dev.firstday.sdk.capture.CaptureDocument;
import dev.firstday.sdk.store.CaptureFiles;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code late-arrival.jsonl} is what routers wrote, {@code x.txt} what is shown of it. */
class CapturesTest {
  private static final Path FOLDER = Path.of("src/test/resources/captures");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static S3Fixture s3;

  private final List<String> passedOver = new ArrayList<>();

  @BeforeAll
  static void start() {
    s3 = S3Fixture.start();
  }

  @AfterAll
  static void stop() throws IOException {
    s3.close();
  }

  private static List<String> captured() throws IOException {
    return Files.readAllLines(FOLDER.resolve("late-arrival.jsonl"));
  }

  private static byte[] gzip(List<String> lines) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(content)) {
      gzip.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return content.toByteArray();
  }

  private Shelf shelf(CaptureFiles files, LocalDate first) {
    return new Shelf(files, first, passedOver::add);
  }

  private static void assertShown(List<String> lines, String file) throws IOException {
    assertThat(String.join("\n", lines) + "\n").isEqualTo(Files.readString(FOLDER.resolve(file)));
    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
  }

  @Test
  void theNewestAreListedFromSeveralRoutersFiles() throws IOException {
    try (Store store = s3.store("list")) {
      CaptureFiles files = store.captures("late-arrival");
      files.write(NOON, "router-a", 0, gzip(captured().subList(0, 3)));
      files.write(NOON.plusSeconds(1), "router-b", 0, gzip(captured().subList(3, 4)));
      files.write(NOON.plusSeconds(2), "router-b", 1, new byte[] {1, 2, 3});

      List<CaptureDocument> all = shelf(files, LocalDate.EPOCH).newest(20, document -> true);

      assertShown(ListView.lines("late-arrival", all, Style.PLAIN), "list.txt");
      assertThat(passedOver)
          .singleElement()
          .asString()
          .contains("router-b-1.jsonl.gz is passed over", "no gzipped lines of JSON");
    }
  }

  @Test
  void someAreChosen() throws IOException {
    try (Store store = s3.store("some")) {
      CaptureFiles files = store.captures("late-arrival");
      files.write(NOON, "router-a", 0, gzip(captured()));
      Shelf shelf = shelf(files, LocalDate.EPOCH);

      assertThat(shelf.newest(20, d -> d.why().contains("disagreement")))
          .extracting(CaptureDocument::id)
          .containsExactly("req-4411");
      assertThat(shelf.newest(2, d -> true)).hasSize(2);
      assertThat(shelf.find("req-4408")).isPresent();
      assertThat(shelf.find("req-1")).isEmpty();
      assertThat(shelf(files, LocalDate.parse("2026-03-02")).newest(20, d -> true)).isEmpty();
    }
  }

  @Test
  void whatWasSlowIsListedWithItsTime() throws IOException {
    String slow = captured().get(0).replace("[\"sampled\"]", "[\"slow\"]");

    assertThat(
            ListView.lines("late-arrival", CaptureDocument.read(gzip(List.of(slow))), Style.PLAIN))
        .anySatisfy(line -> assertThat(line).contains("v7 false 0.12 in 2.9 ms | v8 false 0.13"));
  }

  @Test
  void aCauseThatThereIsNotIsNamedWithThoseThatThereAre() throws CommandFailure {
    ModelDeployment deployment = new ModelDeployment();
    Causes.known("disagreement", deployment);
    Causes.known("disagreement[origin=LGA]", deployment);

    assertThatThrownBy(() -> Causes.known("disagrement", deployment))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            "no request is captured for 'disagrement' (did you mean disagreement?); --why takes one of sampled, errors, timeouts, nonFinite, outOfRange, slow, disagreement, score, labels");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void aRequestIsShownWithItsAnswers(int number) throws IOException {
    CaptureDocument document = CaptureDocument.read(gzip(List.of(captured().get(number)))).get(0);

    assertShown(
        RequestView.lines("late-arrival", document, Style.PLAIN), "show-" + number + ".txt");
  }

  /** What the page for users shows is what the commands print. */
  @Test
  void thePageShowsWhatIsPrinted() throws IOException {
    assertThat(Files.readString(Path.of("../docs/rollouts.md")))
        .contains(Files.readString(FOLDER.resolve("list.txt")))
        .contains(Files.readString(FOLDER.resolve("show-1.txt")));
  }
}
