package dev.firstday.cli.local;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** What the tests run as a container. */
public final class SampleProgram {
  private SampleProgram() {}

  /**
   * {@code exit CODE WORDS}: leaves its last words and ends; {@code wait}: does nothing until it is
   * ended; {@code serve}: answers with the variable ANSWER on port 8080.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.out.println("pid " + ProcessHandle.current().pid());
    switch (arguments[0]) {
      case "exit" -> {
        Files.writeString(Path.of(System.getenv("FIRSTDAY_TERMINATION_LOG")), arguments[2]);
        System.exit(Integer.parseInt(arguments[1]));
      }
      case "wait" -> new CountDownLatch(1).await();
      case "serve" -> serve();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void serve() throws IOException {
    byte[] answer = System.getenv("ANSWER").getBytes(StandardCharsets.UTF_8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(System.getenv("FIRSTDAY_BIND_ADDRESS"), 8080), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }
}
