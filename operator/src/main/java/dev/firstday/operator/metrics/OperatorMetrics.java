package dev.firstday.operator.metrics;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.processing.Controller;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.GaugeMetricFamily;
import io.prometheus.client.Histogram;
import io.prometheus.client.exporter.common.TextFormat;
import io.prometheus.client.hotspot.DefaultExports;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;

/**
 * The operator's metrics, and the only class that knows simpleclient. Passes are counted as they
 * happen; what is known of resources is read from the informers' caches when somebody asks.
 */
public final class OperatorMetrics implements Metrics {
  private static final String CONTROLLER = "controller";
  private static final String SUCCESS = "success";
  private static final String ERROR = "error";

  private final CollectorRegistry registry = new CollectorRegistry();
  private final List<Controller<? extends HasMetadata>> controllers = new CopyOnWriteArrayList<>();
  private final Counter passes =
      Counter.build("firstday_reconciliations_total", "Passes over resources, by how they ended.")
          .labelNames(CONTROLLER, "outcome")
          .register(registry);
  private final Histogram durations =
      Histogram.build("firstday_reconciliation_seconds", "How long passes took.")
          .labelNames(CONTROLLER)
          .buckets(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30)
          .register(registry);
  private final io.prometheus.client.Gauge leading =
      io.prometheus.client.Gauge.build(
              "firstday_operator_leading",
              "1 in the process that works, 0 in one that starts or stands by.")
          .register(registry);
  private final io.prometheus.client.Gauge underWay =
      io.prometheus.client.Gauge.build(
              "firstday_reconciliations_under_way", "Passes that have not ended yet.")
          .labelNames(CONTROLLER)
          .register(registry);

  /**
   * @param waiting how many passes wait for a thread at the moment
   */
  public OperatorMetrics(IntSupplier waiting) {
    io.prometheus.client.Gauge.build(
            "firstday_reconciliations_waiting", "Passes that wait for a thread.")
        .create()
        .setChild(
            new io.prometheus.client.Gauge.Child() {
              @Override
              public double get() {
                return waiting.getAsInt();
              }
            })
        .register(registry);
    DefaultExports.register(registry);
    new Resources().register(registry);
  }

  /** All metrics in the text format 0.0.4. */
  public String scrape() {
    try (StringWriter text = new StringWriter()) {
      TextFormat.write004(text, registry.metricFamilySamples());
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** This process works from now on; there is no way back but its end. */
  public void leads() {
    leading.set(1);
  }

  @Override
  public void controllerRegistered(Controller<? extends HasMetadata> controller) {
    controllers.add(controller);
    known(controller.getConfiguration().getName());
  }

  /** A counter that begins with its first error has never grown: no rate would tell of it. */
  void known(String controller) {
    passes.labels(controller, SUCCESS);
    passes.labels(controller, ERROR);
    underWay.labels(controller);
  }

  @Override
  public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
    String controller = execution.controllerName();
    underWay.labels(controller).inc();
    Histogram.Timer timer = durations.labels(controller).startTimer();
    boolean done = false;
    try {
      T result = execution.execute();
      done = true;
      return result;
    } finally {
      timer.observeDuration();
      underWay.labels(controller).dec();
      passes.labels(controller, done ? SUCCESS : ERROR).inc();
    }
  }

  private List<CustomResource<?, ?>> resources() {
    List<CustomResource<?, ?>> resources = new ArrayList<>();
    controllers.forEach(
        controller ->
            controller
                .getEventSourceManager()
                .getControllerEventSource()
                .list(resource -> true)
                .forEach(
                    resource -> {
                      if (resource instanceof CustomResource<?, ?> custom) {
                        resources.add(custom);
                      }
                    }));
    return resources;
  }

  private final class Resources extends Collector {
    @Override
    public List<MetricFamilySamples> collect() {
      Map<String, GaugeMetricFamily> families = new LinkedHashMap<>();
      ResourceGauges.of(resources())
          .forEach(
              gauge ->
                  families
                      .computeIfAbsent(
                          gauge.name(),
                          name -> new GaugeMetricFamily(name, gauge.help(), gauge.labels()))
                      .addMetric(gauge.values(), gauge.value()));
      return new ArrayList<>(families.values());
    }
  }
}
