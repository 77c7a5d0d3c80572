package dev.firstday.sdk.store;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Stands between an HTTP client and a server and does to requests what networks and stores do. One
 * request a connection; bodies pass as they are.
 */
public final class FaultProxy implements Closeable {
  private static final Duration SLOW = Duration.ofMillis(300);

  private final int target;
  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile boolean away;
  private volatile Function<String, Fault> decision = firstLine -> null;

  FaultProxy(int target) {
    this.target = target;
    try {
      listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  /** What happens to a request. */
  public enum Fault {
    /** The connection breaks before the server sees anything. */
    BREAK,
    /** The server is not asked; the answer is 503 SlowDown. */
    ANSWER_503,
    /** The server does it; the answer comes {@link FaultProxy#SLOW} later. */
    DO_SLOWLY,
    /** The server does it; the client waits for an answer in vain. */
    DO_AND_HANG,
    /** The server does it; the answer is 500 InternalError. */
    DO_AND_ANSWER_500,
    /** The server does it; the answer is 412, as a repeated conditional write meets its own. */
    DO_AND_ANSWER_412,
    /** The server is not asked; the answer is 409, as when another write is under way. */
    ANSWER_409,
    /** The server is not asked; the answer is 501, as of a store that knows no conditions. */
    ANSWER_501,
    /** The server does it without the condition, as stores do that do not know If-None-Match. */
    IGNORE_CONDITION
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Lets the next requests whose first line contains the text meet the fault. */
  public void next(int times, String firstLine, Fault fault) {
    rules.add(new Rule(firstLine, fault, new AtomicInteger(0), new AtomicInteger(times)));
  }

  /** Lets that many requests pass; all that come after meet the fault. */
  public void after(int requests, Fault fault) {
    rules.add(
        new Rule("", fault, new AtomicInteger(requests), new AtomicInteger(Integer.MAX_VALUE)));
  }

  /** Lets every so many-th request meet the fault, until mended. */
  public void every(int nth, Fault fault) {
    AtomicInteger requests = new AtomicInteger();
    decide(firstLine -> requests.incrementAndGet() % nth == 0 ? fault : null);
  }

  /**
   * Asks what happens to each request, by its first line, until mended.
   *
   * @param whatHappens may be asked by several threads at once; null: nothing happens
   */
  public void decide(Function<String, Fault> whatHappens) {
    decision = whatHappens;
  }

  /** No more faults. */
  public void mend() {
    rules.clear();
    decision = firstLine -> null;
    away = false;
  }

  /** From now on (true) every connection breaks, until false. */
  public void away(boolean isAway) {
    away = isAway;
    if (isAway) {
      open.forEach(FaultProxy::shut);
    }
  }

  /** First lines of the requests seen, in order: {@code PUT /bucket/key?query HTTP/1.1}. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        open.add(client);
        threads.execute(() -> serve(client));
      } catch (SocketException e) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = readHead(client.getInputStream());
      if (head.isEmpty()) {
        return;
      }
      String firstLine = head.substring(0, head.indexOf("\r\n"));
      requests.add(firstLine);
      if (away) {
        return;
      }
      Fault fault =
          rules.stream()
              .filter(r -> r.takes(firstLine))
              .map(Rule::fault)
              .findFirst()
              .orElseGet(() -> decision.apply(firstLine));
      if (fault == null) {
        forward(client, head, client.getOutputStream());
        return;
      }
      switch (fault) {
        case BREAK -> shut(client);
        case ANSWER_503 -> answer(client, "503 Service Unavailable", "SlowDown");
        case ANSWER_501 -> answer(client, "501 Not Implemented", "NotImplemented");
        case ANSWER_409 -> answer(client, "409 Conflict", "ConditionalRequestConflict");
        case DO_SLOWLY -> {
          ByteArrayOutputStream answer = new ByteArrayOutputStream();
          forward(client, askedForBody(client, head), answer);
          CompletableFuture.runAsync(
                  () -> {},
                  CompletableFuture.delayedExecutor(SLOW.toMillis(), TimeUnit.MILLISECONDS))
              .join();
          answer.writeTo(client.getOutputStream());
        }
        case DO_AND_HANG -> {
          forward(client, askedForBody(client, head), OutputStream.nullOutputStream());
          // ends when the client gives up
          client.getInputStream().read();
        }
        case DO_AND_ANSWER_500 -> {
          forward(client, askedForBody(client, head), OutputStream.nullOutputStream());
          answer(client, "500 Internal Server Error", "InternalError");
        }
        case DO_AND_ANSWER_412 -> {
          forward(client, askedForBody(client, head), OutputStream.nullOutputStream());
          answer(client, "412 Precondition Failed", "PreconditionFailed");
        }
        case IGNORE_CONDITION ->
            forward(
                client,
                head.replaceAll("(?i)if-none-match:[^\r]*\r\n", ""),
                client.getOutputStream());
      }
    } catch (SocketException e) {
      // the other side went away, which is what this class is for
      shut(client);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      open.remove(client);
    }
  }

  /** The head for a server whose interim answer the client will not see. */
  private static String askedForBody(Socket client, String head) throws IOException {
    String without = head.replaceAll("(?i)expect:[^\r]*\r\n", "");
    if (!without.equals(head)) {
      client
          .getOutputStream()
          .write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }
    return without;
  }

  private static String readHead(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.write(b);
      String text = head.size() > 3 && b == '\n' ? head.toString(StandardCharsets.ISO_8859_1) : "";
      if (text.endsWith("\r\n\r\n")) {
        return text;
      }
    }
    return "";
  }

  private void forward(Socket client, String head, OutputStream answer) throws IOException {
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      open.add(server);
      int firstLine = head.indexOf("\r\n") + 2;
      String closing =
          head.substring(0, firstLine)
              + "Connection: close\r\n"
              + head.substring(firstLine).replaceAll("(?i)connection:[^\r]*\r\n", "");
      server.getOutputStream().write(closing.getBytes(StandardCharsets.ISO_8859_1));
      threads.execute(() -> pump(client, server));
      server.getInputStream().transferTo(answer);
      // the server has closed its side; without this, both ports are kept for a minute
      server.setSoLinger(true, 0);
      open.remove(server);
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      shut(to);
    }
  }

  private static void answer(Socket client, String status, String code) throws IOException {
    String body = "<Error><Code>" + code + "</Code><Message>injected</Message></Error>";
    client
        .getOutputStream()
        .write(
            ("HTTP/1.1 "
                    + status
                    + "\r\nConnection: close\r\nContent-Type: application/xml\r\nContent-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body)
                .getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    open.forEach(FaultProxy::shut);
    threads.shutdownNow();
  }

  private record Rule(String text, Fault fault, AtomicInteger passes, AtomicInteger times) {
    boolean takes(String firstLine) {
      return firstLine.contains(text)
          && passes.getAndUpdate(n -> Math.max(0, n - 1)) == 0
          && times.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
  }
}
