package dev.firstday.cli.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.model.TestJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelJarTest {
  @TempDir private Path directory;

  @Test
  void jarIsNamedByItsBytes() throws Exception {
    Path file = TestJars.jar(directory, "Mine", TestJars.GOOD);

    ModelJar jar = ModelJar.of(file, "user.Mine");

    assertThat(jar.sha256()).isEqualTo(Contract.sha256(Files.readAllBytes(file)));
    assertThat(jar.key()).isEqualTo("code/" + jar.sha256() + ".jar");
  }

  @Test
  void classForALaterJavaIsRefusedWithTheCure() {
    Path file = TestJars.jarFor(21, directory, "Mine", TestJars.GOOD);

    assertRefused(
        file,
        "user.Mine",
        "is compiled for Java 21, and the trainer runs Java 17: compile with --release 17");
  }

  @Test
  void classForAnEarlierJavaIsTaken() throws Exception {
    Path file = TestJars.jarFor(11, directory, "Mine", TestJars.GOOD);

    assertThat(ModelJar.of(file, "user.Mine").className()).isEqualTo("user.Mine");
  }

  @Test
  void classThatIsNotThereIsNamedBesideThoseThatAre() {
    Path file = TestJars.jar(directory, "Mine", TestJars.GOOD);

    assertRefused(file, "user.Yours", "has no class user.Yours; it has [user.Mine]");
  }

  @Test
  void whatIsNoClassAndWhatIsNoJarIsSaid() throws IOException {
    Path file = directory.resolve("text.jar");
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
      jar.putNextEntry(new JarEntry("user/Mine.class"));
      jar.write("text".getBytes());
    }

    assertRefused(file, "user.Mine", "class user.Mine in %s is none".formatted(file));
    assertRefused(Files.writeString(file, "text"), "user.Mine", "is no jar");
  }

  private static void assertRefused(Path file, String className, String message) {
    assertThatThrownBy(() -> ModelJar.of(file, className))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(message);
  }
}
