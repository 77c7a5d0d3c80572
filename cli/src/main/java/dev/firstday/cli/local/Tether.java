package dev.firstday.cli.local;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Runs another main class and ends the process when its standard input closes. The other end of
 * that pipe is held by the local cluster: however that process ends, its containers end with it.
 */
public final class Tether {
  /** 128 + SIGTERM: what a container ends with when it is asked to. */
  private static final int TERMINATED = 143;

  private Tether() {}

  /**
   * @param arguments the main class, then what it gets
   */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Thread watch = new Thread(Tether::exitAtEndOfInput, "tether");
    watch.setDaemon(true);
    watch.start();
    Method main = Class.forName(arguments[0]).getMethod("main", String[].class);
    try {
      main.invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(arguments[0] + " failed", e.getCause());
    }
  }

  private static void exitAtEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        // nobody writes; only the end counts
      }
    } catch (IOException e) {
      System.err.println("the pipe to the local cluster broke: " + e.getMessage());
    }
    System.exit(TERMINATED);
  }
}
