package dev.firstday.trainer;

import dev.firstday.contract.Contract;
import dev.firstday.contract.PodEnvironment;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.store.Store;
import dev.firstday.trainer.evaluate.EvaluationWorker;
import dev.firstday.trainer.export.Exports;
import dev.firstday.trainer.inventory.InventoryWorker;
import dev.firstday.trainer.retention.RetentionWorker;
import dev.firstday.trainer.snapshot.ParquetSplitReader;
import dev.firstday.trainer.snapshot.SnapshotWorker;
import dev.firstday.trainer.sql.SqlResources;
import dev.firstday.trainer.train.ProgressServer;
import dev.firstday.trainer.train.ReproductionWorker;
import dev.firstday.trainer.train.Toolchain;
import dev.firstday.trainer.train.TrainWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the one run that the environment holds and writes the answer to the termination log.
 * An answer, also that of a failure which its owner can mend, ends with 0; a bug ends with its
 * stack trace, 1, and no answer, and is tried again as a lost pod is. Code of a jar that ends the
 * process is answered for: with whatever it exits, nobody else's answer would be read into that.
 */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  private final Map<String, String> environment;
  private final Path scratch;
  private final Clock clock;
  private final Interruption interruption;
  private boolean said;

  Main(Map<String, String> environment, Path scratch, Clock clock, Interruption interruption) {
    this.environment = environment;
    this.scratch = scratch;
    this.clock = clock;
    this.interruption = interruption;
  }

  public static void main(String[] arguments) throws IOException {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          LOG.error("{} ends without an answer", thread.getName(), failure);
          Runtime.getRuntime().halt(1);
        });
    Interruption interruption = new Interruption();
    Main main =
        new Main(
            System.getenv(),
            Path.of(System.getProperty("java.io.tmpdir")),
            Clock.systemUTC(),
            interruption);
    Runtime.getRuntime().addShutdownHook(new Thread(main::end, "told to end: leaving work"));
    try {
      main.run();
    } finally {
      interruption.left();
    }
    // libraries leave threads behind that are no reason to stay
    System.exit(0);
  }

  void run() throws IOException {
    String json = environment.get(Run.VARIABLE);
    if (json == null) {
      throw new IllegalStateException(
          Run.VARIABLE + " is not set: it holds what this worker is to do");
    }
    Run run = Contract.read(json, Run.class);
    try {
      answer(answer(run));
    } catch (LeftException e) {
      LOG.info(e.getMessage());
      say(e.getMessage());
    }
  }

  /**
   * What a process does that is told to end, or that code of a jar ends. Nothing waits for the
   * latter: neither can go on.
   */
  private void end() {
    CodeExit.caller(Thread.getAllStackTraces().values())
        .ifPresent(
            caller -> {
              Run run = Contract.read(environment.get(Run.VARIABLE), Run.class);
              try {
                answer(CodeExit.failure(run, caller).toResult(run.uid()));
              } catch (IOException e) {
                LOG.error("{} ends this process, and nobody can be told", caller, e);
                Runtime.getRuntime().halt(1);
              }
              Runtime.getRuntime().halt(0);
            });
    interruption.askAndWait();
  }

  private void answer(RunResult result) throws IOException {
    String answer = Answers.write(result);
    LOG.info("answer: {}", answer);
    say(answer);
  }

  /**
   * What the operator reads, or shows where the process ends by a signal. The first that is said
   * stays: code that ends the process when all is recorded takes nothing back.
   */
  private synchronized void say(String message) throws IOException {
    if (said) {
      return;
    }
    said = true;
    Files.writeString(
        Path.of(environment.getOrDefault(PodEnvironment.TERMINATION_LOG, "/dev/termination-log")),
        message);
  }

  private RunResult answer(Run run) {
    try (Store store = Store.open(environment, run.namespace())) {
      return dispatch(run, store);
    } catch (RunFailure e) {
      LOG.warn("{} ({}): {}", e.reason(), e.cure(), e.getMessage(), e);
      return e.toResult(run.uid());
    }
  }

  private RunResult dispatch(Run run, Store store) {
    if (run instanceof Run.Snapshot snapshot) {
      Exports exports = new Exports(store, environment, clock);
      return new SnapshotWorker(store, exports, SqlResources.detect(), scratch, clock)
          .run(snapshot);
    }
    if (run instanceof Run.Train train) {
      try (ProgressServer server = ProgressServer.start(environment)) {
        return new TrainWorker(
                store,
                new ParquetSplitReader(),
                scratch,
                clock,
                interruption,
                System.out,
                server.board(),
                Toolchain.here(environment))
            .run(train);
      }
    }
    if (run instanceof Run.Evaluate evaluate) {
      return new EvaluationWorker(store, new ParquetSplitReader(), scratch).run(evaluate);
    }
    if (run instanceof Run.Reproduce reproduce) {
      return new ReproductionWorker(
              store, new ParquetSplitReader(), scratch, System.out, Toolchain.here(environment))
          .run(reproduce);
    }
    if (run instanceof Run.Sweep sweep) {
      return new RetentionWorker(store, clock).run(sweep);
    }
    if (run instanceof Run.Inventory inventory) {
      return new InventoryWorker(store).run(inventory);
    }
    throw new RunFailure(
        "RunUnknown",
        "this image does not do %s: give operator and images the same release"
            .formatted(run.getClass().getSimpleName()),
        Cure.FIX_SPEC);
  }
}
