package dev.firstday.cli.rollout;

import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentSpec.Rollout;
import dev.firstday.api.ModelDeploymentSpec.Step;
import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.cli.terminal.Style;
import dev.firstday.cli.terminal.Style.Paint;
import dev.firstday.cli.terminal.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The stages that a candidate goes through, as the spec has them, and which one is present. */
final class StageStrip {
  private static final Set<String> OVER = Set.of("Promoting", "Stable");

  private final ModelDeploymentStatus status;
  private final Rollout rollout;
  private final Style style;

  private StageStrip(ModelDeployment deployment, Style style) {
    this.status = deployment.getStatus();
    this.rollout =
        deployment.getSpec().rollout() == null ? Rollout.DEFAULT : deployment.getSpec().rollout();
    this.style = style;
  }

  static List<String> lines(ModelDeployment deployment, Style style) {
    return deployment.getStatus() == null || deployment.getStatus().rollout() == null
        ? List.of()
        : new StageStrip(deployment, style).lines();
  }

  private List<String> lines() {
    List<String> stages = new ArrayList<>();
    stages.add(stage("Starting", is("Starting")));
    stages.add(stage("Golden", is("Golden")));
    // a first version has nothing to be compared with, and serves when its golden requests pass
    if (status.stable() != null) {
      if (rollout.replay() != null) {
        stages.add(stage("Replay", is("Replay")));
      }
      if (rollout.shadow() != null) {
        stages.add(stage("Shadow", is("Shadow")));
      }
      stages.addAll(steps());
      if (rollout.bakeSeconds() != null && rollout.bakeSeconds() > 0) {
        stages.add(stage("Baking", is("Baking")));
      }
    }
    stages.add(stage("Promoted", status.candidate() == null && OVER.contains(status.phase())));
    return Words.wrap("  ", stages, " > ").stream().map(this::painted).toList();
  }

  private List<String> steps() {
    List<String> stages = new ArrayList<>();
    List<Step> steps = specSteps();
    for (int i = 0; i < steps.size(); i++) {
      String label = "Canary %d %%".formatted(steps.get(i).weight());
      String approval =
          !Boolean.TRUE.equals(steps.get(i).requireApproval())
              ? ""
              : isApproved(i) ? " (approved)" : " (approval)";
      stages.add(stage(label + approval, is("Canary") && i == presentStep()));
    }
    return stages;
  }

  private List<Step> specSteps() {
    if (rollout.steps() != null) {
      return rollout.steps().stream().sorted(Comparator.comparing(Step::weight)).toList();
    }
    return status.effective() == null || status.effective().weights() == null
        ? List.of()
        : status.effective().weights().stream().map(weight -> new Step(weight, null)).toList();
  }

  /** What is approved is the step after the present one; those before began with an approval. */
  private boolean isApproved(int step) {
    int next = is("Canary") ? presentStep() + 1 : 0;
    boolean begun = step < next || is("Baking");
    return begun || step == next && Boolean.TRUE.equals(status.rollout().approved());
  }

  private int presentStep() {
    return status.rollout().step() == null ? 0 : status.rollout().step();
  }

  private boolean is(String stage) {
    return status.candidate() != null && stage.equals(status.rollout().stage());
  }

  private static String stage(String label, boolean present) {
    return present ? "[" + label + "]" : label;
  }

  /** After the line is laid out: codes of colours have no width. */
  private String painted(String line) {
    int from = line.indexOf('[');
    int to = line.indexOf(']') + 1;
    return from < 0
        ? line
        : line.substring(0, from)
            + style.paint(Paint.STRONG, line.substring(from, to))
            + line.substring(to);
  }
}
