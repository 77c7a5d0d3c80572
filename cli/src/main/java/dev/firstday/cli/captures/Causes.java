package dev.firstday.cli.captures;

import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentStatus.CheckState;
import dev.firstday.api.PairCheck;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.contract.Names;
import dev.firstday.sdk.capture.CaptureDocument;
import java.util.List;
import java.util.stream.Stream;

/** What a request may be captured for. */
final class Causes {
  private Causes() {}

  /**
   * @param deployment whose status may know checks by other names
   * @throws CommandFailure when no request is captured for that
   */
  static void known(String why, ModelDeployment deployment) throws CommandFailure {
    List<String> known =
        Stream.of(
                Stream.of(CaptureDocument.SAMPLED),
                Stream.of(PairCheck.values()).map(PairCheck::word),
                checks(deployment))
            .flatMap(names -> names)
            .distinct()
            .toList();
    if (!known.contains(why) && !PairCheck.isSlice(why)) {
      throw new CommandFailure(
          "no request is captured for '%s'%s; --why takes one of %s"
              .formatted(why, Names.hint(why, known), Names.list(known)));
    }
  }

  private static Stream<String> checks(ModelDeployment deployment) {
    return deployment.getStatus() == null
            || deployment.getStatus().rollout() == null
            || deployment.getStatus().rollout().checks() == null
        ? Stream.empty()
        : deployment.getStatus().rollout().checks().stream()
            .filter(check -> check.compared() != null)
            .map(CheckState::name);
  }
}
