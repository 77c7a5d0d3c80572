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
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Brings a command to the operator, by an annotation, and the answer back, from the status. */
record Messenger(Cluster cluster, String name) {

  /**
   * A command that was sent.
   *
   * @param value of the annotation
   * @param before the annotation's value until then; empty: it had none
   */
  record Sent(String value, String before) {}

  /**
   * @param now makes a command that is given again a new one
   * @throws CommandFailure when there is no such Deployment, or no cluster that answers
   */
  Sent send(RolloutCommand command, Instant now) throws CommandFailure {
    // a patch of a name that is not there would not tell which there are
    String before = annotation(cluster.get(ModelDeployment.class, name));
    String value = command.word() + " " + now.truncatedTo(ChronoUnit.MILLIS);
    cluster.annotate(ModelDeployment.class, name, Firstday.ROLLOUT_ANNOTATION, value);
    return new Sent(value, before);
  }

  /**
   * @throws CommandFailure when there is no answer in that time, or another command came between
   */
  Reply await(Sent sent, Duration patience) throws CommandFailure {
    try {
      ModelDeployment answered =
          cluster
              .resource(ModelDeployment.class, name)
              .waitUntilCondition(
                  seen -> seen == null || isAnswered(seen, sent) || isReplaced(seen, sent),
                  patience.toMillis(),
                  TimeUnit.MILLISECONDS);
      if (answered == null) {
        throw new CommandFailure("Deployment " + name + " was deleted meanwhile");
      }
      if (!isAnswered(answered, sent)) {
        throw new CommandFailure(
            "another command came before the operator saw this one: " + annotation(answered));
      }
      return Reply.of(answered.getStatus().rollout());
    } catch (KubernetesClientTimeoutException e) {
      throw new CommandFailure(
          "no operator has answered '%s' within %d s: is one running? kubectl get pods -A. The command stays; firstday rollout status %s tells when it was answered"
              .formatted(sent.value(), patience.toSeconds(), name),
          e);
    } catch (KubernetesClientException e) {
      throw cluster.away(e);
    }
  }

  private static boolean isAnswered(ModelDeployment seen, Sent sent) {
    return seen.getStatus() != null
        && seen.getStatus().rollout() != null
        && sent.value().equals(seen.getStatus().rollout().command());
  }

  /** What a watch shows first may be older than the command. */
  private static boolean isReplaced(ModelDeployment seen, Sent sent) {
    String present = annotation(seen);
    return !present.equals(sent.value()) && !present.equals(sent.before());
  }

  private static String annotation(ModelDeployment deployment) {
    Map<String, String> annotations = deployment.getMetadata().getAnnotations();
    return annotations == null ? "" : annotations.getOrDefault(Firstday.ROLLOUT_ANNOTATION, "");
  }
}
