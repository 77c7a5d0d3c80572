package dev.firstday.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The program of Argo CD, which runs actions on a resource as its web server does, and says what
 * they would write.
 */
final class ArgoProgram {
  /** A line of a diff that adds one of our annotations. */
  private static final Pattern ADDED =
      Pattern.compile("(?m)^[>+] +(firstday[.]dev/[a-z]+): \"?([^\"\\n]+)\"?$");

  private ArgoProgram() {}

  /**
   * Does to a resource what the action would, as soon as a user may choose it.
   *
   * @param kind as kubectl has it
   */
  static void act(Tenant tenant, String kind, String name, String action) {
    AtomicReference<String> file = new AtomicReference<>();
    tenant
        .awaiting("%s of %s %s to be possible".formatted(action, kind, name))
        .until(
            () -> {
              file.set(write(tenant.kubectl().run("get", kind, name, "--output=yaml")));
              return enabledActions(file.get()).contains(action);
            });
    tenant.kubectl().run("annotate", "--overwrite", kind, name, annotation(file.get(), action));
  }

  private static String write(String yaml) {
    try {
      Path file = Files.createTempFile("resource", ".yaml");
      file.toFile().deleteOnExit();
      return Files.writeString(file, yaml).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The actions that a user may choose from. */
  private static List<String> enabledActions(String resource) {
    return run("list-actions", resource)
        .lines()
        .map(line -> line.strip().split("\\s+"))
        .filter(words -> words.length == 2 && words[1].equals("false"))
        .map(words -> words[0])
        .toList();
  }

  /** The annotation that the action writes, as {@code kubectl annotate} takes it. */
  private static String annotation(String resource, String action) {
    String difference = run("run-action", resource, action);
    Matcher added = ADDED.matcher(difference);
    if (!added.find()) {
      throw new AssertionError("%s writes no annotation: %s".formatted(action, difference));
    }
    return added.group(1) + "=" + added.group(2);
  }

  private static String run(String command, String... arguments) {
    String config =
        write(new Kubectl(Applications.NAMESPACE).run("get", "cm", "argocd-cm", "--output=yaml"));
    // which of its programs it is, is told by a variable or by its name
    List<String> line =
        Stream.of(
                Stream.of(
                    "env",
                    "ARGOCD_BINARY_NAME=argocd",
                    System.getenv("ARGOCD"),
                    "admin",
                    "settings",
                    "resource-overrides",
                    command),
                Stream.of(arguments),
                Stream.of("--argocd-cm-path", config, "--loglevel", "error"))
            .flatMap(words -> words)
            .toList();
    var result = Kubectl.command(line);
    if (result.code() != 0) {
      throw new IllegalStateException("%s: %s".formatted(line, result.output()));
    }
    return result.output();
  }
}
