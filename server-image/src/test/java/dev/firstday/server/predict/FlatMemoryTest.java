package dev.firstday.server.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.sdk.artefact.LoadedModel;
import dev.firstday.server.v2.InferRequest;
import dev.firstday.server.v2.V2;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * With JavaCPP's collector off, every call of a native operation leaves something behind: that was
 * 6 kB a request, 170 MB over this test, when DL4J ran the network. A process of its own, whose
 * heap is all there from the start: what grows, grows outside it.
 */
class FlatMemoryTest {
  private static final int REQUESTS = 30_000;
  private static final long GROWTH_BYTES = 24L << 20;
  private static final long PAGE_BYTES = 4096;
  private static final String GREW = "grew ";
  private static final String ROW =
      """
      {"carrier":"UA","hour":17,"distance":1400.5,"scheduled":"2013-10-01T17:00:00Z","holiday":false}""";

  @TempDir private Path directory;

  @Test
  @EnabledOnOs(OS.LINUX)
  void requestsLeaveNothingBehind() throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.serialFilter=!*",
                "-Dorg.bytedeco.javacpp.nopointergc=true",
                "-Xms256m",
                "-Xmx256m",
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                FlatMemoryTest.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = server.waitFor(5, TimeUnit.MINUTES);
    server.destroyForcibly();

    List<String> lines = Files.readAllLines(output);
    assertThat(ended).as("output: %s", lines).isTrue();
    assertThat(lines)
        .filteredOn(line -> line.startsWith(GREW))
        .singleElement()
        .satisfies(
            line ->
                assertThat(Long.parseLong(line.substring(GREW.length()))).isLessThan(GROWTH_BYTES));
  }

  /** Answers requests, and prints by how many bytes the process grew meanwhile. */
  public static void main(String[] arguments) throws IOException {
    TinyModel model = TinyModel.of(TinyModel.LATE);
    try (ServedModel served =
        new ServedModel(
            "delays",
            "3",
            LoadedModel.open(model.digest(), model::read),
            Integer.MAX_VALUE,
            new PredictorMetrics(new CollectorRegistry()))) {
      answer(served, REQUESTS / 3);
      long before = residentBytes();
      answer(served, REQUESTS);
      System.out.println(GREW + (residentBytes() - before));
    }
    System.exit(0);
  }

  /** Sizes differ, so that batches do: a workspace that learnt one size meets larger ones. */
  private static void answer(ServedModel served, int requests) {
    int sent = 0;
    while (sent < requests) {
      List<CompletableFuture<?>> together = new ArrayList<>();
      for (int i = 0; i <= sent % 13; i++) {
        together.add(served.infer(request(1 + (sent + i) % 5)));
      }
      if (sent % 1000 < 13) {
        together.add(served.infer(request(400)));
      }
      together.forEach(CompletableFuture::join);
      sent += together.size();
    }
  }

  private static InferRequest request(int rows) {
    String body = "[" + String.join(",", Collections.nCopies(rows, ROW)) + "]";
    return V2.readRequest(body.getBytes(StandardCharsets.UTF_8), null);
  }

  private static long residentBytes() throws IOException {
    String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
    return Long.parseLong(pages[1]) * PAGE_BYTES;
  }
}
