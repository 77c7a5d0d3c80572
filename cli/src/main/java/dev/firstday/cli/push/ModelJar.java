package dev.firstday.cli.push;

import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.sdk.store.Digests;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipException;

/**
 * A jar with a model's class, named by its content: what a training job pins cannot change.
 *
 * @param sha256 of its bytes, in lower-case hex
 */
record ModelJar(Path file, String sha256, String className) {
  private static final int JAVA_17 = 61;
  private static final int FIRST_JAVA = 44;
  private static final int MAGIC = 0xCAFEBABE;

  /**
   * Looks into the jar, without running anything of it.
   *
   * @throws CommandFailure when the class is not there, or is of a later Java than the trainer's
   */
  static ModelJar of(Path file, String className) throws IOException, CommandFailure {
    try (JarFile jar = new JarFile(file.toFile())) {
      JarEntry entry = jar.getJarEntry(className.replace('.', '/') + ".class");
      if (entry == null) {
        throw new CommandFailure(
            "%s has no class %s; it has %s".formatted(file, className, classes(jar)));
      }
      try (DataInputStream content = new DataInputStream(jar.getInputStream(entry))) {
        requireReadable(file, className, content);
      }
    } catch (ZipException e) {
      throw new CommandFailure("%s is no jar: %s".formatted(file, e.getMessage()), e);
    }
    return new ModelJar(file, Digests.sha256(file), className);
  }

  /** Below the namespace's {@code files/}. */
  String key() {
    return "code/%s.jar".formatted(sha256);
  }

  private static void requireReadable(Path file, String className, DataInputStream content)
      throws IOException, CommandFailure {
    if (content.readInt() != MAGIC) {
      throw new CommandFailure("class %s in %s is none".formatted(className, file));
    }
    content.readUnsignedShort();
    int version = content.readUnsignedShort();
    if (version > JAVA_17) {
      throw new CommandFailure(
          "class %s in %s is compiled for Java %d, and the trainer runs Java 17: compile with --release 17"
              .formatted(className, file, version - FIRST_JAVA));
    }
  }

  private static List<String> classes(JarFile jar) {
    return jar.stream()
        .map(JarEntry::getName)
        .filter(name -> name.endsWith(".class") && !name.contains("$"))
        .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
        .limit(20)
        .toList();
  }
}
