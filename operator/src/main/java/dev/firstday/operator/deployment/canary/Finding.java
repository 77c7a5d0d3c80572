package dev.firstday.operator.deployment.canary;

import dev.firstday.api.ModelDeploymentStatus.CheckState;
import java.util.List;

/** What a check says of a candidate. */
public sealed interface Finding permits CheckResult, DistributionResult, MetricResult, PodHealth {

  /** Whether it rolls the candidate back. */
  boolean stops();

  /** Whether the candidate may go on, as far as this check is concerned. */
  boolean allows();

  /** A condition's reason when the check fails. */
  String reason();

  /** Ids of requests that show why. */
  List<String> examples();

  /** The evidence in a sentence without its end. */
  String evidenceInWords();

  /** What is still needed, or nothing when there is a verdict. */
  String outlook();

  /**
   * For the status.
   *
   * @param traffic how fast evidence comes
   */
  CheckState state(Traffic traffic);
}
