package dev.firstday.trainer;

import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.model.UserCode;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/** Tells whether the process ends because code of a jar called {@code System.exit}. */
final class CodeExit {
  private CodeExit() {}

  /**
   * The line of the jar's code that led to the exit.
   *
   * @param stacks of all threads, while the process ends: the one that called exit waits for it
   * @return empty: it ends by a signal, or something else ends it
   */
  static Optional<StackTraceElement> caller(Collection<StackTraceElement[]> stacks) {
    return stacks.stream()
        .filter(stack -> Arrays.stream(stack).anyMatch(CodeExit::isExit))
        .flatMap(Arrays::stream)
        .filter(frame -> UserCode.LOADER.equals(frame.getClassLoaderName()))
        .findFirst();
  }

  private static boolean isExit(StackTraceElement frame) {
    return frame.getClassName().equals(Runtime.class.getName())
        && frame.getMethodName().equals("exit");
  }

  /** What is said of it; a jar that no digest pins may be replaced without a change of the spec. */
  static RunFailure failure(Run run, StackTraceElement caller) {
    boolean pinned = !(run instanceof Run.Train train) || train.code().sha256() != null;
    return new RunFailure(
        "CodeExited",
        "spec.code.className: System.exit was called in %s.%s(%s), line %d, which ends the trainer and leaves no model; throw an exception there, and mend the jar"
            .formatted(
                caller.getClassName(),
                caller.getMethodName(),
                caller.getFileName(),
                caller.getLineNumber()),
        pinned ? Cure.FIX_SPEC : Cure.FIX_DATA);
  }
}
