package dev.firstday.cli.local;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The images of this checkout, as its build left them. */
public final class LocalImages {
  public static final String TRAINER = "firstday/trainer";
  public static final String SERVER = "firstday/server";

  /**
   * A model file must not run code. JavaCPP's collector stays on: without it each training step
   * leaves some 50 kB of DL4J's own native objects behind, which no workspace holds.
   */
  private static final List<String> FLAGS = List.of("-Djdk.serialFilter=!*");

  private static final String THREADS = "OMP_NUM_THREADS";
  private static final String KERNELS = "OPENBLAS_CORETYPE";

  private LocalImages() {}

  /**
   * @param checkout the folder with the modules
   * @throws IOException when a module has not been built
   */
  public static Images of(Path checkout) throws IOException {
    Path modules = checkout.toAbsolutePath().normalize();
    return new Images(
        Map.of(
            TRAINER,
            image(modules.resolve("trainer-image"), "dev.firstday.trainer.Main", FLAGS, 1536),
            SERVER,
            image(modules.resolve("server-image"), "dev.firstday.server.Main", FLAGS, 384)));
  }

  private static Image image(Path module, String mainClass, List<String> flags, int heapMegabytes)
      throws IOException {
    Path dependencies = module.resolve("target/classpath.txt");
    if (!Files.exists(dependencies)) {
      throw new IOException(
          dependencies + " is missing: build first, with ./mvnw -DskipTests package");
    }
    String classPath =
        module.resolve("target/classes")
            + File.pathSeparator
            + Files.readString(dependencies).trim();
    return new Image(mainClass, classPath, flags, environment(), heapMegabytes);
  }

  /** As in the images, whose kernels need AVX2; a machine without gets what OpenBLAS finds. */
  private static Map<String, String> environment() throws IOException {
    boolean hasAvx2 = Files.readString(Path.of("/proc/cpuinfo")).contains(" avx2 ");
    return hasAvx2 ? Map.of(THREADS, "1", KERNELS, "Haswell") : Map.of(THREADS, "1");
  }

  /** Where {@link Tether} lies. */
  static String ownClasses() {
    try {
      return Path.of(Tether.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the class path has an odd entry", e);
    }
  }
}
