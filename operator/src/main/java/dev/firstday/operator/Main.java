package dev.firstday.operator;

import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/** Starts the operator with what the environment says, and stops it when the process ends. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    OperatorConfig config = OperatorConfig.of(System.getenv());
    var client = new KubernetesClientBuilder().build();
    FirstdayOperator operator = new FirstdayOperator(config, client, Clock.systemUTC());
    Runtime.getRuntime().addShutdownHook(new Thread(operator::close, "stop"));
    operator.start();
    new CountDownLatch(1).await();
  }
}
