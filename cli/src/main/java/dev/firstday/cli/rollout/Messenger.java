package dev.firstday.cli.rollout;

import dev.firstday.api.Firstday;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.RolloutCommand;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.terminal.CommandFailure;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/** Brings a command to the operator, by an annotation, and the answer back, from the status. */
record Messenger(Cluster cluster, String name) {

  /**
   * @param now makes a command that is given again a new one
   * @return the annotation's value
   * @throws CommandFailure when there is no such Deployment, or no cluster that answers
   */
  String send(RolloutCommand command, Instant now) throws CommandFailure {
    // a patch of a name that is not there would not tell which there are
    cluster.get(ModelDeployment.class, name);
    String value = command.word() + " " + now.truncatedTo(ChronoUnit.MILLIS);
    cluster.annotate(ModelDeployment.class, name, Firstday.ROLLOUT_ANNOTATION, value);
    return value;
  }

  /**
   * @param value of the annotation
   * @throws CommandFailure when there is no answer in that time, or another command came between
   */
  Reply await(String value, Duration patience) throws CommandFailure {
    try {
      ModelDeployment answered =
          cluster
              .resource(ModelDeployment.class, name)
              .waitUntilCondition(
                  seen -> seen == null || isAnswered(seen, value) || isReplaced(seen, value),
                  patience.toMillis(),
                  TimeUnit.MILLISECONDS);
      if (answered == null) {
        throw new CommandFailure("Deployment " + name + " was deleted meanwhile");
      }
      if (!isAnswered(answered, value)) {
        throw new CommandFailure(
            "another command came before the operator saw this one: "
                + Ending.pendingCommand(answered));
      }
      return Reply.of(answered.getStatus().rollout());
    } catch (KubernetesClientTimeoutException e) {
      throw new CommandFailure(
          "no operator has answered '%s' within %d s: is one running? kubectl get pods -A. The command stays; firstday rollout status %s tells when it was answered"
              .formatted(value, patience.toSeconds(), name),
          e);
    } catch (KubernetesClientException e) {
      throw cluster.away(e);
    }
  }

  private static boolean isAnswered(ModelDeployment seen, String value) {
    return seen.getStatus() != null
        && seen.getStatus().rollout() != null
        && value.equals(seen.getStatus().rollout().command());
  }

  private static boolean isReplaced(ModelDeployment seen, String value) {
    return !value.equals(Ending.pendingCommand(seen));
  }
}
