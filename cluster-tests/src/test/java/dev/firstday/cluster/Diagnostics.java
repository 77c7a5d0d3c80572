package dev.firstday.cluster;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Prints what one would look at when something failed: resources, events, and what pods said. */
final class Diagnostics {
  private static final String LINES = "--tail=80";

  private Diagnostics() {}

  /**
   * For a test of a class that fails.
   *
   * @param installation the class's, once it is there
   */
  static TestExecutionExceptionHandler of(Supplier<Installation> installation) {
    return of(installation, () -> {});
  }

  /**
   * The same.
   *
   * @param also prints what else there is to see
   */
  static TestExecutionExceptionHandler of(Supplier<Installation> installation, Runnable also) {
    return (context, failure) -> {
      System.out.printf("===== %s: %s%n", context.getDisplayName(), failure.getMessage());
      also.run();
      print(installation.get().kubectl());
      print(installation.get().systemKubectl());
      throw failure;
    };
  }

  static void print(Kubectl kubectl) {
    show(kubectl, "get", "ml,jobs,deployments.apps,services,pods", "--output=wide");
    show(kubectl, "get", "ml", "--output=yaml");
    show(kubectl, "get", "events", "--sort-by=.lastTimestamp");
    for (String pod : kubectl.attempt("get", "pods", "--output=name").output().split("\\s+")) {
      if (pod.startsWith("pod/")) {
        show(kubectl, "logs", pod, LINES);
        show(kubectl, "logs", pod, "--previous", LINES);
      }
    }
  }

  private static void show(Kubectl kubectl, String... arguments) {
    var result = kubectl.attempt(arguments);
    System.out.printf(
        "----- kubectl --namespace %s %s%n%s%n",
        kubectl.namespace(), String.join(" ", arguments), result.output());
  }
}
