package dev.firstday.trainer.benchmark;

import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.api.Layer;
import dev.firstday.api.Network;
import dev.firstday.api.TrainingJobSpec.Gate;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.contract.Contract;
import dev.firstday.contract.PodEnvironment;
import dev.firstday.contract.Run;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.data.DatasetManifest.ObjectRef;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import dev.firstday.trainer.Main;
import dev.firstday.trainer.sql.Database;
import dev.firstday.trainer.sql.Sql;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Trains from a data set's version of very many rows, in a process of its own as a pod has it:
 * {@code LargeTraining FOLDER ROWS COLUMNS EPOCHS JVM-FLAG...}. The rows are made once and lie in
 * the folder, as does the trainer's log. Prints one line of JSON with seconds, the trainer's
 * answer, and the most memory that it had: see {@link Measured}. With {@code -Dcgroup=DIRECTORY}
 * the trainer is in that control group.
 */
public final class LargeTraining {
  static final String NAMESPACE = "benchmark";
  private static final int BATCH = 256;
  private static final String CGROUP = System.getProperty("cgroup");

  private LargeTraining() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.out.println(
        Contract.write(
            measure(
                Path.of(arguments[0]),
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                List.of(arguments).subList(4, arguments.length))));
    System.exit(0);
  }

  /**
   * What a trainer needed.
   *
   * @param exit its exit code
   * @param answer empty: none
   * @param anonymousBytes most memory that the kernel could not take back
   * @param residentBytes most memory with the pages of files
   * @param scratchBytes most that its temporary directory held
   */
  public record Measured(
      int exit,
      double seconds,
      String answer,
      long anonymousBytes,
      long residentBytes,
      long scratchBytes) {}

  /**
   * @param flags of the trainer's JVM
   */
  public static Measured measure(Path folder, int rows, int columns, int epochs, List<String> flags)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path train = split(folder.resolve("train-" + rows + ".parquet"), 0, rows, columns);
    Path validation =
        split(folder.resolve("validation-" + rows + ".parquet"), rows, rows / 10, columns);
    try (S3Fixture s3 = S3Fixture.start()) {
      return train(s3, folder, run(version(s3, train, validation, rows, columns), epochs), flags);
    }
  }

  /** Numbers of which a hundred say something of the label, and no two rows are alike. */
  private static Path split(Path file, long first, long rows, int columns) {
    if (Files.exists(file)) {
      return file;
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    String values =
        IntStream.range(0, columns)
            .mapToObj(
                i ->
                    "(hash(i * %d + %d) %% 10000 / 1000.0)::DOUBLE AS x%d".formatted(columns, i, i))
            .collect(Collectors.joining(", "));
    String signal =
        IntStream.range(0, Math.min(100, columns))
            .mapToObj(i -> (i % 2 == 0 ? "+ x" : "- x") + i)
            .collect(Collectors.joining(" "));
    try (Database database = Database.open()) {
      database.execute(
          "COPY (SELECT * EXCLUDE (i), 0 %s > hash(i) %% 2000 / 100.0 - 10 AS yes FROM (SELECT i, %s FROM range(%d, %d) t(i))) TO %s (FORMAT parquet)"
              .formatted(signal, values, first, first + rows, Sql.text(part.toString())));
      return Files.move(part, file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot move " + part, e);
    }
  }

  private static Run.DatasetVersionReference version(
      S3Fixture s3, Path train, Path validation, int rows, int columns) throws IOException {
    try (Store store = s3.calmStore(NAMESPACE, Clock.systemUTC())) {
      DatasetManifest manifest =
          new DatasetManifest(
              "rows",
              Stream.concat(
                      IntStream.range(0, columns)
                          .mapToObj(i -> new Column("x" + i, Type.DOUBLE, Role.FEATURE, null)),
                      Stream.of(new Column("yes", Type.BOOLEAN, Role.LABEL, null)))
                  .toList(),
              null,
              object(store, train, rows),
              object(store, validation, rows / 10),
              null,
              List.of(),
              "",
              "",
              "",
              "");
      String digest = manifest.store(store.objects());
      int number =
          store
              .datasetVersions("rows")
              .record("rows", digest, false, Instant.now(), n -> Map.of())
              .number();
      return new Run.DatasetVersionReference("rows", number, digest);
    }
  }

  private static ObjectRef object(Store store, Path file, int rows) throws IOException {
    return new ObjectRef(store.objects().put(file), Files.size(file), rows);
  }

  static Run.Train run(Run.DatasetVersionReference version, int epochs) {
    return new Run.Train(
        "large",
        NAMESPACE,
        "large",
        "model",
        version,
        null,
        new Network(
            null,
            null,
            List.of(Layer.dense(128, null, null), Layer.dense(64, null, null)),
            null,
            null,
            null,
            null),
        null,
        null,
        epochs,
        BATCH,
        1,
        null,
        List.of(new Gate(MetricName.LOG_LOSS, 0.0, null, null, null)),
        null,
        300);
  }

  static Measured train(S3Fixture s3, Path folder, Run.Train run, List<String> flags)
      throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory(folder, "scratch-");
    Path answer = folder.resolve("answer");
    Files.deleteIfExists(answer);
    List<String> command = new ArrayList<>();
    if (CGROUP != null) {
      command.addAll(List.of("sh", "-c", "echo $$ > \"$0/cgroup.procs\" && exec \"$@\"", CGROUP));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(
        List.of(
            "-Djava.io.tmpdir=" + scratch,
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder.environment().putAll(s3.environment(NAMESPACE));
    builder.environment().put(Run.VARIABLE, Contract.writeRun(run));
    builder.environment().put(PodEnvironment.TERMINATION_LOG, answer.toString());
    long started = System.nanoTime();
    Process trainer = builder.start();
    long anonymous = 0;
    long resident = 0;
    long scratchBytes = 0;
    while (!trainer.waitFor(200, TimeUnit.MILLISECONDS)) {
      Map<String, Long> memory = memory(trainer.pid());
      anonymous = Math.max(anonymous, memory.getOrDefault("RssAnon", 0L));
      resident = Math.max(resident, memory.getOrDefault("VmHWM", 0L));
      scratchBytes = Math.max(scratchBytes, bytes(scratch));
    }
    return new Measured(
        trainer.exitValue(),
        (System.nanoTime() - started) / 1e9,
        Files.exists(answer) ? Files.readString(answer) : "",
        anonymous,
        resident,
        scratchBytes);
  }

  /** As Linux has it, in bytes; nothing once the process is gone. */
  private static Map<String, Long> memory(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.endsWith(" kB"))
          .map(line -> line.split("[:\\s]+"))
          .collect(Collectors.toMap(parts -> parts[0], parts -> Long.parseLong(parts[1]) * 1024));
    } catch (IOException | UncheckedIOException e) {
      return Map.of();
    }
  }

  private static long bytes(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(Path::toFile).mapToLong(File::length).sum();
    }
  }
}
