package dev.firstday.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.firstday.api.Model;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What the tests of faults share: an installation with versions, of which each test has a
 * Deployment of its own, and what is done to pods and waited for.
 */
@Execution(ExecutionMode.CONCURRENT)
abstract class FaultyDeliveries {
  /** What all Deployments need: the operator, the API server, S3. */
  static final String PLATFORM = "platform";

  /** Its golden cases are changed, so that other candidates than those on a walk have another. */
  private static final String MODEL_OF_WALKS = "walked";

  private static final AtomicInteger DEPLOYMENTS = new AtomicInteger();
  private static final ReentrantLock GOLDEN_CASES = new ReentrantLock();
  static Installation installation;
  static Tenant tenant;

  private final String name = "served-" + DEPLOYMENTS.incrementAndGet();
  final Trials trials = new Trials(tenant, name, Irises.NAME);
  final Trials walked = new Trials(tenant, name, MODEL_OF_WALKS);
  final Walk walk = new Walk(walked, GOLDEN_CASES);

  @RegisterExtension
  static final TestExecutionExceptionHandler DIAGNOSTICS = Diagnostics.of(() -> installation);

  @BeforeAll
  static void recordTwoVersions() {
    installation = new Installation();
    tenant = new Tenant(installation.client(), installation.kubectl());
    installation.upload(Irises.EXAMPLE.resolve("data"), Irises.NAME);
    tenant.apply(Irises.variant("Dataset", Irises.NAME, spec -> {}));
    assumeTrue(!installation.s3Processes().isEmpty(), "the cluster's node is not this machine");
    List<String> models = List.of(Irises.NAME, MODEL_OF_WALKS);
    models.forEach(model -> tenant.apply(Irises.variant("Model", model, spec -> {})));
    for (int version = 1; version <= 2; version++) {
      for (String model : models) {
        train(model, version);
      }
      for (String model : models) {
        awaitVersion(model, version);
      }
    }
  }

  private static void train(String model, int seed) {
    tenant.apply(
        Irises.variant(
            "TrainingJob",
            model,
            spec -> {
              spec.put("model", model);
              spec.put("seed", seed);
            }));
  }

  private static void awaitVersion(String model, int version) {
    tenant.await(
        Model.class,
        model,
        m -> m.getStatus().newest() != null && m.getStatus().newest().number() == version);
  }

  @AfterAll
  static void uninstall() {
    if (installation != null) {
      installation.close();
    }
  }

  @AfterEach
  void delete() {
    walk.close();
    trials.delete();
    tenant.awaiting("nothing left").until(trials::nothingIsLeft);
  }

  void underTraffic(Consumer<Traffic> body) {
    trials.want(1);
    trials.awaitServing(1);
    new Door(tenant, name, Irises.NAME).underTraffic(body);
  }

  void underTrafficOnAWalk(Consumer<Traffic> body) {
    walk.serveTheFirst();
    new Door(tenant, name, MODEL_OF_WALKS).underTraffic(body);
  }

  /**
   * Operator, router and stable version, and a candidate that nobody asks at the moment: another
   * one would be rolled back.
   *
   * @return while there was no stable version
   */
  Outage killAround(Walk.Stop stop) {
    installation.killOperator();
    walked.kill(walked.pods(Trials.routers()).subList(0, 1));
    if (!stop.isLive()) {
      walked.kill(walked.pods(Trials.predictors(2)));
    }
    Instant from = Instant.now();
    walked.kill(walked.pods(Trials.predictors(1)));
    walked.awaitReady(Trials.predictors(1));
    Outage outage = new Outage(from, Instant.now());
    walked.awaitReady(Trials.predictors(2));
    walked.awaitReady(Trials.routers());
    installation.awaitOperator();
    return outage;
  }

  static void whileS3Hangs(Runnable deed) {
    List<ProcessHandle> s3 = installation.s3Processes();
    Node.freeze(s3);
    try {
      deed.run();
    } finally {
      Node.thaw(s3);
    }
  }

  static void awaitAnswers(Traffic traffic) {
    long before = traffic.answers();
    tenant.awaiting("answers").until(() -> traffic.answers() > before + 100);
  }

  /** When the router's answer was that version's for the first time. */
  static Instant awaitAnswerBy(int version, Pod router) {
    RouterCaller caller = new RouterCaller(router, Irises.NAME);
    await("an answer by version " + version)
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> caller.ask().equals(String.valueOf(version)));
    return Instant.now();
  }

  static List<ProcessHandle> awaitTrainer(String trainingJob) {
    return tenant
        .awaiting("the trainer's process")
        .until(() -> tenant.processes(trainingJob, Map.of()), found -> !found.isEmpty());
  }

  void awaitCandidate() {
    tenant
        .awaiting("the candidate's process")
        .until(() -> !trials.processes(Trials.predictors(2)).isEmpty());
  }
}
