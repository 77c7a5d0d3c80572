package dev.firstday.trainer.train;

import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import org.nd4j.linalg.factory.Nd4j;

/** What ND4J computes on: processors, or in the image of profile cuda NVIDIA's GPUs alone. */
final class Backend {
  private Backend() {}

  /**
   * Asked before anything is read, since ND4J says nothing but "a class could not be initialised"
   * ever after.
   *
   * @throws RunFailure {@code GpuUnavailable} when it can compute on nothing: the image for GPUs
   *     does not fall back on processors, or somebody would pay for a GPU that stands idle
   */
  static void require() {
    try {
      Nd4j.getBackend();
    } catch (ExceptionInInitializerError e) {
      throw new RunFailure(
          "GpuUnavailable",
          "the trainer's image computes on NVIDIA's GPUs, and the pod can use none (the log's lines"
              + " of Nd4jBackend say why). The node needs NVIDIA's driver for CUDA 11.6 or later and"
              + " its container runtime: nvidia-smi in a pod with nvidia.com/gpu shows whether it"
              + " has them. Or ask for no GPUs in spec.resources",
          Cure.FIX_DATA,
          e);
    }
  }
}
