package dev.firstday.operator.worker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult.Cure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;

/** The run as a pod gets it: in one environment variable, for which Linux has a limit. */
public final class RunDocument {
  /** Linux allows 128 KiB for name and value (MAX_ARG_STRLEN); this leaves room to grow. */
  static final int MAX_BYTES = 120_000;

  private RunDocument() {}

  /**
   * The step, or what becomes of it when no pod can be given the run that it starts.
   *
   * @param spec the part of the run that users write
   */
  public static RunStep fitting(
      RunStep step, RunOrder order, Run run, Object spec, WorkerObservation seen, Instant now) {
    int size = step instanceof RunStep.Start ? bytes(Contract.writeRun(run)) : 0;
    return size <= MAX_BYTES ? step : Runs.rejected(step, order, tooLarge(size, spec), seen, now);
  }

  /** Whether a pod can be given it. */
  public static boolean fits(Run run) {
    return bytes(Contract.writeRun(run)) <= MAX_BYTES;
  }

  private static WorkerState.Lost tooLarge(int size, Object spec) {
    Map.Entry<String, JsonNode> largest =
        Contract.read(Contract.write(spec), JsonNode.class).properties().stream()
            .max(Comparator.comparingInt(field -> bytes(field.getValue().toString())))
            .orElseThrow();
    return new WorkerState.Lost(
        "SpecTooLarge",
        "the run is %d bytes as JSON, and a pod can be given %d: make spec.%s shorter, which has %d of them"
            .formatted(size, MAX_BYTES, largest.getKey(), bytes(largest.getValue().toString())),
        Cure.FIX_SPEC);
  }

  private static int bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8).length;
  }
}
