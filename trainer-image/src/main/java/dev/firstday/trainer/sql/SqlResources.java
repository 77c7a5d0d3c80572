package dev.firstday.trainer.sql;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What DuckDB may use.
 *
 * @param memoryBytes beyond this it writes to the temporary directory
 * @param threads at loading; everything whose result is kept runs on one
 */
public record SqlResources(long memoryBytes, int threads) {
  private static final long MIB = 1024 * 1024;
  private static final long ROOM = 300 * MIB;
  private static final long LEAST = 128 * MIB;

  /**
   * What a pod leaves to DuckDB, which knows nothing of the Java heap beside it.
   *
   * @param machineBytes memory of the pod, or of the machine when the pod has no limit
   * @param heapBytes what the Java heap may grow to
   */
  public static SqlResources of(long machineBytes, long heapBytes, int processors) {
    return new SqlResources(
        Math.max(LEAST, machineBytes - heapBytes - ROOM), Math.max(1, processors));
  }

  /** For this process, within its control group. */
  public static SqlResources detect() {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    Runtime runtime = Runtime.getRuntime();
    return of(system.getTotalMemorySize(), runtime.maxMemory(), runtime.availableProcessors());
  }
}
