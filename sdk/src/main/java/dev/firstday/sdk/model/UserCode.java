package dev.firstday.sdk.model;

import dev.firstday.api.DatasetSpec;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.feature.Feature;
import dev.firstday.sdk.feature.Features;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/** A {@link Model} of the user's own, out of a jar, in a class loader of its own. */
public final class UserCode implements Model, AutoCloseable {
  /** Name of the class loader, by which frames of a stack are known to be of such a jar. */
  public static final String LOADER = "spec.code.jar";

  private final URLClassLoader loader;
  private final String className;
  private final Cure cure;
  private final Model model;

  private UserCode(URLClassLoader loader, String className, Cure cure) {
    this.loader = loader;
    this.className = className;
    this.cure = cure;
    this.model = instance();
  }

  /**
   * Loads the class and makes one instance.
   *
   * @param cure who has to act when the class is no good
   * @throws RunFailure when there is no such class, or it is no {@link Model} that can be made
   */
  public static UserCode load(Path jar, String className, Cure cure) {
    URLClassLoader loader;
    try {
      loader =
          new URLClassLoader(LOADER, new URL[] {jar.toUri().toURL()}, Model.class.getClassLoader());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + jar, e);
    }
    try {
      return new UserCode(loader, className, cure);
    } catch (RunFailure e) {
      close(loader);
      throw e;
    }
  }

  @Override
  public List<Feature> features(List<DatasetSpec.Column> columns) {
    List<Feature> features = guarded("features", () -> model.features(columns));
    if (features == null) {
      throw failure("CodeFailed", "features() gave null", null);
    }
    return features;
  }

  @Override
  public ComputationGraphConfiguration graph(Features features, int outputs, long seed) {
    return guarded("graph", () -> model.graph(features, outputs, seed));
  }

  @Override
  public void close() {
    close(loader);
  }

  private Model instance() {
    try {
      Class<?> found = Class.forName(className, true, loader);
      if (!Model.class.isAssignableFrom(found)) {
        throw failure("CodeInvalid", "does not implement " + Model.class.getName(), null);
      }
      return (Model) found.getConstructor().newInstance();
    } catch (ClassNotFoundException e) {
      throw failure("ClassNotFound", "is not in the jar", e);
    } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
      throw failure(
          "CodeInvalid", "is not a public class with a public constructor without arguments", e);
    } catch (InvocationTargetException e) {
      throw failure("CodeFailed", "threw in its constructor: " + e.getCause(), e);
    } catch (UnsupportedClassVersionError e) {
      throw laterJava(e);
    } catch (LinkageError e) {
      throw failure("CodeInvalid", "cannot be linked: " + e, e);
    }
  }

  private <T> T guarded(String method, Supplier<T> call) {
    try {
      return call.get();
    } catch (UnsupportedClassVersionError e) {
      throw laterJava(e);
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      throw failure("CodeFailed", "threw in %s(): %s".formatted(method, e), e);
    }
  }

  /** Java's own words name the class, which may be another of the jar, and its level. */
  private RunFailure laterJava(UnsupportedClassVersionError e) {
    return failure(
        "CodeInvalid",
        "is built for a later Java than the trainer's, which is 17 (%s): compile with --release 17"
            .formatted(e.getMessage()),
        e);
  }

  private RunFailure failure(String reason, String what, Throwable cause) {
    return new RunFailure(
        reason, "spec.code.className: %s %s; mend the jar".formatted(className, what), cure, cause);
  }

  private static void close(URLClassLoader loader) {
    try {
      loader.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the jar", e);
    }
  }
}
