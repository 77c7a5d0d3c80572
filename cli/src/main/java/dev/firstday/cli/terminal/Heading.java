package dev.firstday.cli.terminal;

import dev.firstday.api.Condition;
import dev.firstday.api.ResourceStatus;
import dev.firstday.cli.terminal.Style.Paint;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a resource is, its phase, and below that whatever its conditions complain of. */
public final class Heading {
  private static final List<String> TOLD =
      List.of("Ready", "Stalled", "Degraded", "Reconciling", "Suspended");
  private static final String INDENT = "  ";

  private final CustomResource<?, ? extends ResourceStatus> resource;
  private final ResourceStatus status;
  private final Style style;

  private Heading(CustomResource<?, ? extends ResourceStatus> resource, Style style) {
    this.resource = resource;
    this.status = resource.getStatus();
    this.style = style;
  }

  public static List<String> lines(
      CustomResource<?, ? extends ResourceStatus> resource, Style style) {
    return new Heading(resource, style).lines();
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    String phase = status == null || status.phase() == null ? "not seen yet" : status.phase();
    boolean ready = condition("Ready").filter(Condition::holds).isPresent();
    lines.add(
        style.paint(Paint.STRONG, resource.getKind() + " " + resource.getMetadata().getName())
            + " in namespace "
            + resource.getMetadata().getNamespace()
            + ": "
            + style.paint(ready ? Paint.GOOD : Paint.WARNING, phase));
    if (status == null || status.conditions() == null) {
      lines.add("  The operator has not looked at it: is one running? kubectl get pods -A");
      return lines;
    }
    for (String type : TOLD) {
      condition(type)
          .filter(condition -> type.equals("Ready") ? !ready : condition.holds())
          .map(Condition::message)
          .filter(message -> !message.isBlank())
          .ifPresent(message -> add(lines, message));
    }
    if (status.observedGeneration() != null && !status.isOf(resource)) {
      lines.add("  The spec has changed since: the operator has not looked at it yet.");
    }
    return lines;
  }

  /** Several conditions may say the same. */
  private static void add(List<String> lines, String message) {
    List<String> shown =
        message.lines().flatMap(line -> Words.wrap(INDENT, line).stream()).toList();
    if (!lines.containsAll(shown)) {
      lines.addAll(shown);
    }
  }

  private Optional<Condition> condition(String type) {
    return status == null
        ? Optional.empty()
        : status.condition(type).filter(condition -> condition.message() != null);
  }
}
