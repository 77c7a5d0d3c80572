package dev.firstday.cluster;

/** Prints what one would look at when something failed: resources, events, and what pods said. */
final class Diagnostics {
  private static final String LINES = "--tail=80";

  private Diagnostics() {}

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
