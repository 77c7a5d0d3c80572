package dev.firstday.cli.demo;

import dev.firstday.cli.local.Image;
import dev.firstday.cli.local.LocalImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/** A jar as a user would build it: against what the trainer image holds. */
final class UserJar {
  private UserJar() {}

  /** Compiles the sample model as a class {@code user.<name>}. */
  static Path write(Path directory, String className) throws IOException {
    Path folder = Files.createTempDirectory(directory, className);
    String source = Files.readString(Path.of("src/test/resources/code/Mine.java.txt"));
    Path file =
        Files.writeString(
            folder.resolve(className + ".java"),
            source.replace("class Mine", "class " + className));
    Image trainer = LocalImages.of(Path.of("..")).find(LocalImages.TRAINER).orElseThrow();
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                trainer.classPath(),
                "-d",
                folder.toString(),
                file.toString());
    if (code != 0) {
      throw new IllegalStateException(file + " does not compile");
    }
    Path jar = folder.resolve("code.jar");
    String entry = "user/" + className + ".class";
    try (JarOutputStream target = new JarOutputStream(Files.newOutputStream(jar))) {
      target.putNextEntry(new JarEntry(entry));
      Files.copy(folder.resolve(entry), target);
      target.closeEntry();
    }
    return jar;
  }
}
