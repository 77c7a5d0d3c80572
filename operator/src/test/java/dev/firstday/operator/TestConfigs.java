package dev.firstday.operator;

import dev.firstday.operator.kube.PodConfig;
import dev.firstday.operator.kube.StorageConfig;
import dev.firstday.operator.worker.DefaultResources;
import dev.firstday.operator.worker.WorkerConfig;
import io.fabric8.kubernetes.api.model.Quantity;

/** Configuration with a word of its own in each place. */
public final class TestConfigs {
  public static final StorageConfig STORAGE =
      new StorageConfig("http://s3:9000", "bucket", "region-1", "prefix", "firstday-s3");
  public static final WorkerConfig WORKER = worker("firstday/trainer-cuda:1", "");

  private TestConfigs() {}

  /**
   * @param cudaImage empty: none
   * @param openLineageUrl empty: none
   */
  public static WorkerConfig worker(String cudaImage, String openLineageUrl) {
    return new WorkerConfig(
        new PodConfig("firstday/trainer:1", "IfNotPresent", "worker", STORAGE),
        "firstday/server:1",
        cudaImage,
        new DefaultResources("250m", "2Gi"),
        new Quantity("8Gi"),
        openLineageUrl);
  }
}
