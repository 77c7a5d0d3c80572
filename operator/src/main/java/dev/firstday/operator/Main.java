package dev.firstday.operator;

import dev.firstday.contract.OperatorEnvironment;
import dev.firstday.contract.PodEnvironment;
import dev.firstday.operator.kube.LeanClient;
import dev.firstday.operator.metrics.StatusServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the operator with what the environment says, and stops it when the process ends. */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    OperatorConfig config = OperatorConfig.of(System.getenv());
    KubernetesClient client = LeanClient.builder().build();
    FirstdayOperator operator = new FirstdayOperator(config, client, Clock.systemUTC());
    StatusServer server =
        new StatusServer(
            new InetSocketAddress(
                System.getenv().getOrDefault(PodEnvironment.BIND_ADDRESS, "0.0.0.0"),
                OperatorEnvironment.HTTP_PORT),
            operator::metrics,
            operator::isHealthy,
            operator::isReady);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  operator.close();
                  server.close();
                  client.close();
                },
                "stop"));
    try {
      operator.start();
    } catch (RuntimeException e) {
      LOG.error("the operator cannot start: are the CRDs installed, and may it list them?", e);
      System.exit(1);
    }
    new CountDownLatch(1).await();
  }
}
