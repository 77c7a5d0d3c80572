package dev.firstday.trainer.benchmark;

import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.DatasetStatus.RefreshTrigger;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import dev.firstday.trainer.snapshot.Runs;
import dev.firstday.trainer.snapshot.SnapshotWorker;
import dev.firstday.trainer.sql.SqlResources;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A refresh that finds nothing new, and reading the digests of the same files, in turn: {@code
 * RefreshSpeed SPEC.json ROUNDS DATABASE-BYTES FILE...}. The files become {@code files/<name>} of
 * an S3 in this process; the first run, which builds the version, is told apart. Prints one line of
 * JSON.
 */
public final class RefreshSpeed {
  private static final String NAMESPACE = "benchmark";

  private RefreshSpeed() {}

  public static void main(String[] arguments) throws IOException {
    DatasetSpec spec = Contract.read(Files.readString(Path.of(arguments[0])), DatasetSpec.class);
    int rounds = Integer.parseInt(arguments[1]);
    SqlResources resources =
        new SqlResources(Long.parseLong(arguments[2]), Runtime.getRuntime().availableProcessors());
    List<Path> files =
        List.of(arguments).subList(3, arguments.length).stream().map(Path::of).toList();
    Path scratch = Files.createTempDirectory("refresh-speed");
    try (S3Fixture s3 = S3Fixture.start();
        Store store = s3.store(NAMESPACE)) {
      for (Path file : files) {
        store.files().put(file.getFileName().toString(), file);
      }
      SnapshotWorker worker = Runs.worker(store, resources, scratch, Clock.systemUTC());
      long started = System.nanoTime();
      DatasetStatus.Version built = run(worker, spec, null, 0).version();
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("build", seconds(started));
      result.put("rows", built.rows());
      List<Double> refreshes = new ArrayList<>();
      List<Double> digests = new ArrayList<>();
      for (int round = 1; round <= rounds; round++) {
        int requests = s3.faults().requests().size();
        started = System.nanoTime();
        RunResult.Snapshot again = run(worker, spec, built, round);
        refreshes.add(seconds(started));
        result.put("requests", s3.faults().requests().size() - requests);
        if (!again.version().digest().equals(built.digest())) {
          throw new IllegalStateException("another version: " + again.version());
        }
        started = System.nanoTime();
        for (Path file : files) {
          read(file);
        }
        digests.add(seconds(started));
      }
      result.put("refreshes", refreshes);
      result.put("digests", digests);
      System.out.println(Contract.write(result));
    }
    System.exit(0);
  }

  private static RunResult.Snapshot run(
      SnapshotWorker worker, DatasetSpec spec, DatasetStatus.Version previous, int round) {
    Run.Snapshot run =
        new Run.Snapshot(
            "run-" + round,
            NAMESPACE,
            "orders",
            spec,
            previous == null ? RefreshTrigger.SPEC : RefreshTrigger.CHANGE,
            previous == null
                ? null
                : new Run.DatasetVersionReference("orders", previous.number(), previous.digest()),
            null,
            List.of(),
            null);
    return (RunResult.Snapshot) worker.run(run);
  }

  private static void read(Path file) throws IOException {
    try (InputStream content =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      content.transferTo(OutputStream.nullOutputStream());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static double seconds(long started) {
    return (System.nanoTime() - started) / 1e9;
  }
}
