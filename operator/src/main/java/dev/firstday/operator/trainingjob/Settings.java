package dev.firstday.operator.trainingjob;

import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobSpec;
import dev.firstday.api.TrainingJobStatus.Backend;
import dev.firstday.api.TrainingJobStatus.Effective;
import dev.firstday.api.WorkerResources;
import dev.firstday.operator.kube.Labels;
import dev.firstday.operator.worker.WorkerConfig;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a training job's spec leaves out.
 *
 * @param queue null: none
 * @param idleGpus whether the pod has GPUs that nothing uses, for want of an image that would
 */
record Settings(
    int batchSize,
    long seed,
    int retries,
    long deadlineSeconds,
    long checkpointSeconds,
    String queue,
    String image,
    Backend backend,
    boolean idleGpus) {
  private static final int BATCH_SIZE = 256;
  private static final long SEED = 1;
  private static final int RETRIES = 3;
  private static final long DEADLINE_SECONDS = 3600;
  private static final long CHECKPOINT_SECONDS = 300;

  /** What NVIDIA's device plugin calls its resources: whole GPUs (gpu) and slices (mig-1g.5gb). */
  private static final String NVIDIA = "nvidia.com/";

  static Settings of(TrainingJob training, WorkerConfig config) {
    TrainingJobSpec spec = training.getSpec();
    boolean hasGpus = hasGpus(spec.resources());
    boolean cuda = hasGpus && !config.cudaImage().isEmpty();
    Map<String, String> labels = training.getMetadata().getLabels();
    return new Settings(
        Objects.requireNonNullElse(spec.batchSize(), BATCH_SIZE),
        Objects.requireNonNullElse(spec.seed(), SEED),
        Objects.requireNonNullElse(spec.retries(), RETRIES),
        Objects.requireNonNullElse(spec.deadlineSeconds(), DEADLINE_SECONDS),
        Objects.requireNonNullElse(spec.checkpointSeconds(), CHECKPOINT_SECONDS),
        labels == null ? null : labels.get(Labels.QUEUE),
        cuda ? config.cudaImage() : config.pod().image(),
        cuda ? Backend.CUDA : Backend.CPU,
        hasGpus && !cuda);
  }

  Effective effective() {
    return new Effective(
        batchSize, seed, retries, deadlineSeconds, checkpointSeconds, queue, image, backend);
  }

  private static boolean hasGpus(WorkerResources resources) {
    return resources != null
        && Stream.of(resources.requests(), resources.limits())
            .filter(Objects::nonNull)
            .flatMap(amounts -> amounts.entrySet().stream())
            .anyMatch(e -> e.getKey().startsWith(NVIDIA) && !"0".equals(e.getValue()));
  }
}
