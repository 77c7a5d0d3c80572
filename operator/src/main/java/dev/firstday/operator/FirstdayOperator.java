package dev.firstday.operator;

import dev.firstday.operator.dataset.DatasetReconciler;
import dev.firstday.operator.deployment.DeploymentReconciler;
import dev.firstday.operator.deployment.metrics.PrometheusClient;
import dev.firstday.operator.deployment.routing.HttpRouterClient;
import dev.firstday.operator.kube.Applier;
import dev.firstday.operator.kube.EventEmitter;
import dev.firstday.operator.kube.SharedKinds;
import dev.firstday.operator.kube.Triggers;
import dev.firstday.operator.metrics.OperatorMetrics;
import dev.firstday.operator.model.ModelReconciler;
import dev.firstday.operator.readiness.ReadinessReconciler;
import dev.firstday.operator.trainingjob.HttpTrainerClient;
import dev.firstday.operator.trainingjob.TrainingJobReconciler;
import dev.firstday.operator.worker.Workers;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.event.rate.LinearRateLimiter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator as one object, for {@link Main} and for the local mode alike. */
public final class FirstdayOperator implements AutoCloseable {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LAST_RETRY = Duration.ofMinutes(1);

  /** Everything is driven by events; this is for an event that got lost. */
  private static final Duration SAFETY_NET = Duration.ofHours(1);

  private static final int PASSES_A_SECOND = 10;

  /** Most of them wait for an API server or a router. */
  private static final int THREADS = 50;

  /**
   * Nobody changes a resource that a pass is given, and a copy, by way of JSON, took a tenth of a
   * pass that finds nothing to do.
   */
  private static final Cloner AS_IT_IS =
      new Cloner() {
        @Override
        public <T extends HasMetadata> T clone(T resource) {
          return resource;
        }
      };

  private static final Logger LOG = LoggerFactory.getLogger(FirstdayOperator.class);

  private final PassQueue queue = new PassQueue();
  private final OperatorMetrics metrics = new OperatorMetrics(queue::size);
  private final AtomicBoolean closing = new AtomicBoolean();
  private final Optional<Leadership> leadership;
  private final Operator operator;

  /**
   * @param client stays the caller's to close
   */
  public FirstdayOperator(OperatorConfig config, KubernetesClient client, Clock clock) {
    leadership =
        config.leaderLease().isEmpty()
            ? Optional.empty()
            : Optional.of(new Leadership(config, client));
    operator =
        new Operator(
            service -> {
              service
                  .withKubernetesClient(client)
                  .withMetrics(metrics)
                  .withCloseClientOnStop(false)
                  .withResourceCloner(AS_IT_IS)
                  .withExecutorService(
                      new ThreadPoolExecutor(THREADS, THREADS, 0, TimeUnit.SECONDS, queue))
                  .withReconciliationTerminationTimeout(STOP_PATIENCE);
              leadership.ifPresent(
                  lease ->
                      service.withLeaderElectionConfiguration(
                          lease.election(this::leads, this::leaseLost)));
            });
    Applier applier = new Applier(client);
    EventEmitter events = new EventEmitter(client);
    Workers workers = new Workers(applier);
    SharedKinds kinds = SharedKinds.create();
    register(new DatasetReconciler(config.worker(), kinds, workers, events, clock), config);
    register(
        new TrainingJobReconciler(
            config.worker(), kinds, workers, new HttpTrainerClient(), events, clock),
        config);
    register(new ModelReconciler(config.worker(), kinds, workers, events, clock), config);
    register(
        new DeploymentReconciler(
            config.deployment(),
            kinds,
            new HttpRouterClient(),
            new PrometheusClient(config.deployment().prometheusUrl()),
            applier,
            events,
            clock),
        config);
    register(new ReadinessReconciler(kinds, events, clock), config);
  }

  /** Another operator may hold a lost lease already, so that nothing may be written any more. */
  private void leaseLost() {
    if (!closing.get()) {
      LOG.error("the lease is lost; ends at once");
      Runtime.getRuntime().halt(1);
    }
  }

  private void leads() {
    LOG.info("leads");
    metrics.leads();
  }

  /** Blocks until the caches are filled, or the lease is held where there is an election. */
  public void start() {
    operator.start();
    if (leadership.isEmpty()) {
      metrics.leads();
    }
  }

  /** Whether the process is worth keeping: false once a watch broke for good. */
  public boolean isHealthy() {
    return !operator.getRuntimeInfo().isStarted() || isReady();
  }

  /** Whether it has started, be it as the leader or to stand by, and its watches work. */
  public boolean isReady() {
    return operator.getRuntimeInfo().isStarted()
        && operator.getRuntimeInfo().allEventSourcesAreHealthy();
  }

  /** Metrics in the text format of Prometheus. */
  public String metrics() {
    return metrics.scrape();
  }

  @Override
  public void close() {
    closing.set(true);
    operator.stop();
    leadership.ifPresent(Leadership::giveBack);
  }

  private <P extends HasMetadata> void register(Reconciler<P> reconciler, OperatorConfig config) {
    operator.register(reconciler, controller -> configure(controller, config));
  }

  private static <P extends HasMetadata> void configure(
      ControllerConfigurationOverrider<P> controller, OperatorConfig config) {
    controller
        .withFieldManager(Applier.FIELD_MANAGER)
        .withGenerationAware(false)
        .withOnUpdateFilter(Triggers::specOrAnnotationsChanged)
        .withReconciliationMaxInterval(SAFETY_NET)
        .withRateLimiter(new LinearRateLimiter(Duration.ofSeconds(1), PASSES_A_SECOND))
        .withRetry(
            new GenericRetry()
                .withoutMaxAttempts()
                .setInitialInterval(FIRST_RETRY)
                .setIntervalMultiplier(2)
                .setMaxInterval(LAST_RETRY.toMillis()));
    if (!config.namespaces().isEmpty()) {
      controller.settingNamespaces(config.namespaces());
    }
  }
}
