package dev.firstday.server.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.sdk.artefact.LoadedModel;
import dev.firstday.server.v2.InferRequest;
import dev.firstday.server.v2.V2;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * With JavaCPP's collector off, every call of a native operation leaves something behind: that was
 * 6 kB a request, 170 MB over this test, when DL4J ran the network.
 */
class FlatMemoryTest {
  private static final int REQUESTS = 30_000;
  private static final long GROWTH_BYTES = 24L << 20;
  private static final long PAGE_BYTES = 4096;
  private static final String ROW =
      """
      {"carrier":"UA","hour":17,"distance":1400.5,"scheduled":"2013-10-01T17:00:00Z","holiday":false}""";

  @Test
  @EnabledOnOs(OS.LINUX)
  void requestsLeaveNothingBehind() throws IOException {
    TinyModel model = TinyModel.of(TinyModel.LATE);
    try (ServedModel served =
        new ServedModel(
            "delays",
            "3",
            LoadedModel.open(model.digest(), model::read),
            Integer.MAX_VALUE,
            new PredictorMetrics(new CollectorRegistry()))) {
      answer(served, REQUESTS / 3);
      long before = outsideHeap();
      answer(served, REQUESTS);

      assertThat(outsideHeap() - before).isLessThan(GROWTH_BYTES);
    }
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

  /** Resident memory that is not the heap's. */
  private static long outsideHeap() throws IOException {
    String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
    return Long.parseLong(pages[1]) * PAGE_BYTES
        - ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
  }
}
