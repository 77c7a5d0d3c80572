package dev.firstday.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.MetricValue;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentStatus.Target;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.store.StoreException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Takes an example from files to predictions, and tells what happens. */
final class Demo {
  private static final int SHOWN_ROWS = 8;

  private final Place place;
  private final Example example;
  private final Progress progress;
  private final Stopwatch watch;
  private final Follower follower;

  Demo(Place place, Example example, Progress progress, Stopwatch watch, Follower follower) {
    this.place = place;
    this.example = example;
    this.progress = progress;
    this.watch = watch;
    this.follower = follower;
  }

  DemoResult run() throws DemoFailure, IOException {
    Map<String, Long> readyBefore = ready();
    Upload upload = new Upload(upload(), readyBefore);
    apply();
    for (Dataset dataset : example.all(Dataset.class)) {
      dataSet(dataset, upload);
    }
    ModelVersion version = null;
    for (TrainingJob job : example.all(TrainingJob.class)) {
      version = train(job);
    }
    DemoResult result = trained(version);
    for (ModelDeployment deployment : example.all(ModelDeployment.class)) {
      result = predict(rollOut(deployment, version), version);
    }
    return result;
  }

  /** The generations of data sets that need no run for their specs, by name. */
  private Map<String, Long> ready() {
    Map<String, Long> ready = new HashMap<>();
    for (Dataset dataset : example.all(Dataset.class)) {
      Dataset there = place.client().resource(dataset).inNamespace(place.namespace()).get();
      if (there != null && Settling.isReady(there)) {
        ready.put(there.getMetadata().getName(), there.getMetadata().getGeneration());
      }
    }
    return ready;
  }

  /**
   * @return the keys of those sent
   */
  private Set<String> upload() throws DemoFailure, IOException {
    progress.begin("Upload");
    long bytes = 0;
    Set<String> sent = new HashSet<>();
    int seen = 0;
    for (var file : example.files().entrySet()) {
      progress.passing((double) seen++ / example.files().size(), file.getKey());
      bytes += Files.size(file.getValue());
      try {
        if (place.store().files().put(file.getKey(), file.getValue())) {
          sent.add(file.getKey());
        }
      } catch (StoreException e) {
        throw new DemoFailure("upload of " + file.getValue() + ": " + e.getMessage(), e);
      }
    }
    progress.done(
        String.format(
            Locale.ROOT,
            "%d files, %.1f MB; %s",
            example.files().size(),
            bytes / 1e6,
            sent.isEmpty() ? "all there already" : sent.size() + " sent"),
        watch.lap("upload"));
    return sent;
  }

  private void apply() throws DemoFailure {
    progress.begin("Apply");
    List<GenericKubernetesResource> resources =
        example.resources().stream().sorted(Comparator.comparing(Example::order)).toList();
    Application application = new Application(place.client(), place.namespace());
    List<String> hints = new ArrayList<>();
    for (GenericKubernetesResource resource : resources) {
      progress.passing(0, Application.title(resource));
      application.apply(resource).ifPresent(hints::add);
    }
    progress.done(
        String.join(", ", resources.stream().map(Application::title).toList()), watch.lap("apply"));
    hints.forEach(hint -> progress.line("    " + hint));
  }

  private void dataSet(Dataset dataset, Upload upload) throws DemoFailure {
    progress.begin("Data set");
    Dataset ready =
        follower.follow(dataset, Settling::isReady, seen -> progress.update(Settling.words(seen)));
    DatasetStatus.Version version = ready.getStatus().latest();
    progress.done(
        String.format(
            Locale.ROOT,
            "%s/%d: %,d rows to train on, %,d to validate on, checks %s",
            ready.getMetadata().getName(),
            version.number(),
            version.trainRows(),
            version.validationRows(),
            ready.getStatus().checks() == null ? "passed" : ready.getStatus().checks().summary()),
        watch.lap("dataset"));
    upload.hint(ready).ifPresent(hint -> progress.line("    " + hint));
  }

  private ModelVersion train(TrainingJob job) throws DemoFailure {
    progress.begin("Training");
    TrainerLogs logs = new TrainerLogs(place);
    TrainingJob done = follower.follow(job, Settling::isReady, seen -> show(seen, logs));
    ModelVersion version = done.getStatus().result().version();
    progress.done(
        "%s/%d after %d epochs: %s"
            .formatted(
                done.getSpec().model(),
                version.number(),
                done.getStatus().result().epochs(),
                String.join(", ", version.metrics().stream().map(Demo::besideConstant).toList())),
        watch.lap("training"));
    return version;
  }

  private void show(TrainingJob job, TrainerLogs logs) {
    var log = logs.of(job);
    if (log.isPresent()) {
      progress.bar((double) log.get().epoch() / log.get().of(), log.get().words());
    } else {
      progress.update(Settling.words(job));
    }
  }

  private static String besideConstant(MetricValue metric) {
    return String.format(
        Locale.ROOT,
        "%s %.4f (constant %.4f)",
        name(metric.name()),
        metric.value(),
        metric.baseline());
  }

  private ModelDeployment rollOut(ModelDeployment deployment, ModelVersion version)
      throws DemoFailure {
    progress.begin("Rollout");
    ModelDeployment done =
        follower.follow(
            deployment,
            seen -> Settling.isReady(seen) && serves(seen, version),
            seen -> progress.update(Settling.words(seen)));
    Target stable = done.getStatus().stable();
    progress.done(
        "%s serves %s/%d, %s"
            .formatted(
                done.getMetadata().getName(),
                done.getSpec().model(),
                stable.number(),
                done.getStatus().phase()),
        watch.lap("rollout"));
    if (version != null && !Objects.equals(stable.digest(), version.digest())) {
      progress.line(
          "    not version %d of this training: %s"
              .formatted(
                  version.number(),
                  done.getSpec().isOfNewest()
                      ? "version %d is newer".formatted(stable.number())
                      : "the Deployment does not follow the newest"));
    }
    return done;
  }

  /**
   * A deployment that follows the newest version serves the one just trained, or a newer one: a
   * training that was done before gives its version again.
   */
  static boolean serves(ModelDeployment deployment, ModelVersion version) {
    Target stable = deployment.getStatus().stable();
    return stable != null
        && deployment.getStatus().candidate() == null
        && (version == null
            || !deployment.getSpec().isOfNewest()
            || Objects.equals(stable.digest(), version.digest())
            || stable.number() > version.number());
  }

  private DemoResult predict(ModelDeployment deployment, ModelVersion version)
      throws DemoFailure, IOException {
    progress.begin("Predictions");
    String name = deployment.getMetadata().getName();
    Service service = place.client().services().inNamespace(place.namespace()).withName(name).get();
    if (service == null) {
      throw new DemoFailure("the Service " + name + " of Deployment " + name + " is not there");
    }
    URI endpoint = place.reach(service);
    String model = deployment.getSpec().model();
    Target stable = deployment.getStatus().stable();
    Artefact artefact = new Artefact(place.store(), stable.digest());
    Constant constant = artefact.constant();
    List<ObjectNode> rows = validationRows(artefact.validationSplit());
    Inference inference = new Inference(endpoint, model);
    List<String> columns = inference.columns();
    List<ObjectNode> inputs = rows.stream().map(row -> row.deepCopy().retain(columns)).toList();
    Inference.Answers answers = inference.infer(inputs);
    progress.done(
        "from %s, version %s, for rows of the validation split"
            .formatted(endpoint, answers.version()),
        watch.lap("predictions"));
    for (Dataset dataset : example.all(Dataset.class)) {
      Predictions.table(dataset.getSpec(), rows, answers, constant).forEach(progress::line);
    }
    progress.line("");
    place
        .howToGoOn(new Place.ServedModel(model, endpoint, inputs.get(0).toString()))
        .forEach(line -> progress.line("  " + line));
    DemoResult trained = trained(served(model, stable, version));
    return new DemoResult(
        model,
        stable.number(),
        stable.digest(),
        trained.dataset(),
        trained.metrics(),
        constant.answer().size() == 1 ? constant.answer().get(0) : constant.answer(),
        deployment.getStatus().phase(),
        endpoint.toString(),
        watch.seconds());
  }

  /** What is known of the version that answers, be it not the one just trained. */
  private ModelVersion served(String model, Target stable, ModelVersion version) {
    if (version == null || Objects.equals(stable.digest(), version.digest())) {
      return version;
    }
    Model there =
        place.client().resources(Model.class).inNamespace(place.namespace()).withName(model).get();
    return there == null || there.getStatus() == null || there.getStatus().versions() == null
        ? null
        : there.getStatus().versions().stream()
            .filter(listed -> Objects.equals(listed.digest(), stable.digest()))
            .findFirst()
            .orElse(null);
  }

  private List<ObjectNode> validationRows(String split) throws DemoFailure, IOException {
    Path folder = Files.createTempDirectory("firstday-demo");
    Path file = null;
    try {
      file = place.store().objects().fetch(split, folder);
      return ValidationRows.some(file, SHOWN_ROWS);
    } catch (SQLException e) {
      throw new DemoFailure("the validation split cannot be read: " + e.getMessage(), e);
    } finally {
      if (file != null) {
        Files.deleteIfExists(file);
      }
      Files.delete(folder);
    }
  }

  private DemoResult trained(ModelVersion version) {
    Map<String, DemoResult.Metric> metrics = new LinkedHashMap<>();
    if (version == null) {
      return new DemoResult(null, null, null, null, metrics, null, null, null, watch.seconds());
    }
    for (MetricValue metric : version.metrics()) {
      metrics.put(name(metric.name()), new DemoResult.Metric(metric.value(), metric.baseline()));
    }
    return new DemoResult(
        example.all(TrainingJob.class).get(0).getSpec().model(),
        version.number(),
        version.digest(),
        version.dataset(),
        metrics,
        null,
        null,
        null,
        watch.seconds());
  }

  private static String name(MetricName metric) {
    return Contract.write(metric).replace("\"", "");
  }
}
