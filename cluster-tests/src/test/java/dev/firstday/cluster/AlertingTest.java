package dev.firstday.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.api.Dataset;
import dev.firstday.api.ModelDeployment;
import dev.firstday.cluster.Notifications.Notification;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** From a bad data set to the pager, by a real Prometheus and a real Alertmanager. */
@EnabledIfEnvironmentVariable(
    named = "KUBECONFIG",
    matches = ".+",
    disabledReason = "needs a cluster: set KUBECONFIG (and run cluster-tests/load-images)")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Isolated("the CRDs belong to one installation at a time, and its times are figures")
class AlertingTest {
  private static final String FAILED = "FirstdayDatasetCheckFailed";

  /** How many bad data sets there are, one after the other. */
  private static final int DATASETS = Integer.getInteger("alerting.datasets", 1);

  @TempDir private static Path folder;
  private static Installation installation;
  private static Tenant tenant;
  private static Notifications notifications;
  private static Monitoring monitoring;

  @RegisterExtension
  static final TestExecutionExceptionHandler DIAGNOSTICS =
      Diagnostics.of(() -> installation, () -> monitoring.print());

  @BeforeAll
  static void watch() {
    assumeTrue(
        Promtool.isInstalled(Monitoring.PROMETHEUS)
            && Promtool.isInstalled(Monitoring.ALERTMANAGER),
        "needs Prometheus and Alertmanager: apt-get install prometheus prometheus-alertmanager");
    installation = new Installation();
    tenant = new Tenant(installation.client(), installation.kubectl());
    installation.upload(Irises.EXAMPLE.resolve("data"), Irises.NAME);
    tenant.kubectl().run("apply", "--filename", Irises.EXAMPLE.toString());
    notifications = new Notifications();
    monitoring = new Monitoring(folder, pods(), notifications.uri());
  }

  private static List<Pod> pods() {
    return Stream.of(installation.systemKubectl(), installation.kubectl())
        .map(Kubectl::namespace)
        .flatMap(name -> installation.client().pods().inNamespace(name).list().getItems().stream())
        .toList();
  }

  @AfterAll
  static void end() {
    if (monitoring != null) {
      monitoring.close();
    }
    if (notifications != null) {
      notifications.close();
    }
    if (installation != null) {
      installation.close();
    }
  }

  @Test
  @Order(1)
  void aBadDataSetEndsAsANotification() {
    for (int i = 1; i <= DATASETS; i++) {
      String name = "too-few-" + i;
      tenant.apply(
          Irises.variant(
              "Dataset",
              name,
              spec ->
                  spec.putArray("checks")
                      .addObject()
                      .put("metric", "rowCount")
                      .put("mustBeGreaterThan", 1_000_000)));
      tenant.awaiting(name).until(() -> notifications.first(FAILED, name).isPresent());
      Notification notified = notifications.first(FAILED, name).orElseThrow();
      Instant failed = tenant.get(Dataset.class, name).getStatus().checks().checkedAt();
      System.out.printf(
          "from a failed check to the notification: %d s%n",
          Duration.between(failed, notified.at()).toSeconds());

      assertThat(notified.label("namespace")).isEqualTo(tenant.kubectl().namespace());
      assertThat(notified.label("severity")).isEqualTo("warning");
      assertThat(notified.alert().at("/annotations/description").asText())
          .contains("Dataset %s/%s".formatted(tenant.kubectl().namespace(), name));
      assertThat(notified.alert().at("/annotations/runbook_url").asText()).endsWith(FAILED + ".md");
    }
  }

  @Test
  @Order(2)
  void nothingElseIsNotified() {
    tenant.await(ModelDeployment.class, Irises.NAME, d -> "Stable".equals(d.getStatus().phase()));
    assertThat(notifications.all())
        .extracting(one -> one.label("alertname") + " " + one.label("name"))
        .allMatch(told -> told.startsWith(FAILED + " too-few-"));
  }

  @Test
  @Order(3)
  void everyRuleCanBeEvaluated() {
    assertThat(monitoring.rules())
        .hasSameSizeAs(AlertRules.all())
        .allSatisfy(
            rule ->
                assertThat(rule.get("health").asText())
                    .as("%s: %s", rule.get("name"), rule.path("lastError"))
                    .isEqualTo("ok"));
  }

  /** With the labels by which alerts and dashboards ask. */
  @Test
  @Order(4)
  void allThatIsToldIsInTheTable() {
    monitoring.find(pods());
    for (String component : List.of("router", "predictor")) {
      tenant
          .awaiting(component)
          .until(
              () ->
                  !monitoring
                      .query(
                          "process_start_time_seconds{namespace=\"%s\", name=\"%s\", component=\"%s\"}"
                              .formatted(tenant.kubectl().namespace(), Irises.NAME, component))
                      .isEmpty());
    }
    Set<String> told = new TreeSet<>();
    for (JsonNode sample : monitoring.query("count by (__name__) ({__name__=~\"firstday_.*\"})")) {
      String name = sample.at("/metric/__name__").asText();
      if (!name.endsWith("_created")) {
        told.addAll(AlertRules.metricsIn(name));
      }
    }
    assertThat(told)
        .isSubsetOf(AlertRules.metrics().keySet())
        .contains(
            "firstday_resource_condition_reason",
            "firstday_dataset_check_passed",
            "firstday_training_beats_baseline",
            "firstday_deployment_phase",
            "firstday_reconciliations_total",
            "firstday_router_routes_revision",
            "firstday_predictor_model_info");
  }

  /** What alerts and dashboards ask for is told by somebody, once all of it has happened. */
  @Test
  @Order(5)
  void whatAlertsAndDashboardsNameIsInARealScrape() {
    Set<String> named = named();
    assertThat(named)
        .hasSizeGreaterThan(40)
        .contains("firstday_training_progress_ratio", "jvm_memory_bytes_used");
    happen();
    tenant
        .awaiting("series that alerts and dashboards name")
        .atMost(Duration.ofMinutes(5))
        .untilAsserted(
            () -> {
              monitoring.find(pods());
              Set<String> missing = new TreeSet<>(named);
              missing.removeAll(monitoring.told());
              assertThat(missing).as("named, and told by nobody").isEmpty();
            });
  }

  private static Set<String> named() {
    Set<String> named = new TreeSet<>();
    AlertRules.all().forEach(rule -> named.addAll(AlertRules.seriesIn(rule.get("expr").asText())));
    Dashboards.names().stream()
        .map(Dashboards::read)
        .flatMap(
            dashboard ->
                Stream.concat(
                    Dashboards.expressions(dashboard).stream(),
                    Dashboards.definitions(dashboard).stream()))
        .forEach(expression -> named.addAll(AlertRules.seriesIn(expression)));
    return named;
  }

  /** What the example alone does not do: a schedule, a score, a fault, a long run, a rollout. */
  private static void happen() {
    tenant.kubectl().run("apply", "--filename", "../examples/readiness.yaml");
    tenant.apply(
        Irises.variant(
            "Dataset", "nightly", spec -> spec.putObject("refresh").put("schedule", "0 3 * * *")));
    tenant.apply(
        Irises.variant(
            "Model",
            "unsigned",
            spec ->
                spec.putObject("signing")
                    .put("mode", "warn")
                    .putArray("publicKeys")
                    .addObject()
                    .put("name", "nobody")
                    .put("pem", Irises.publicKey())));
    tenant.apply(Irises.variant("TrainingJob", "unsigned", spec -> spec.put("model", "unsigned")));
    tenant.apply(
        Irises.variant(
            "TrainingJob",
            "long",
            spec -> {
              spec.put("epochs", 10_000).put("batchSize", 1);
              spec.remove("earlyStopping");
            }));
    tenant.apply(Irises.variant("TrainingJob", "again", spec -> spec.put("seed", 43)));
  }
}
