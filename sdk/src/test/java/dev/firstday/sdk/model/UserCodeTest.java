package dev.firstday.sdk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.artefact.ModelZip;
import dev.firstday.sdk.feature.Feature;
import dev.firstday.sdk.feature.PlainFeatures;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserCodeTest {
  @TempDir private Path directory;

  @Test
  void classOutOfAJarIsAModel() {
    Path jar = TestJars.jar(directory, "Mine", TestJars.GOOD);
    try (UserCode code = UserCode.load(jar, "user.Mine", Cure.FIX_DATA)) {
      assertThat(code.features(List.of(new DatasetSpec.Column("x", Type.DOUBLE, null, null))))
          .containsExactly(Feature.numeric("x"));
      assertThat(
              NetworkBuilder.build(
                      code, PlainFeatures.of(3), new Task.Binary("y"), 1, Cure.FIX_DATA)
                  .numParams())
          .isEqualTo(3 * 8 + 8 + 8 + 1);
    }
  }

  /** Two ways from the inputs to the output, which no list of layers has. */
  @Test
  void classMayMakeAGraph() {
    Path jar = TestJars.jar(directory, "Mine", TestJars.GRAPH);
    try (UserCode code = UserCode.load(jar, "user.Mine", Cure.FIX_DATA)) {
      ComputationGraph network =
          NetworkBuilder.build(code, PlainFeatures.of(3), new Task.Binary("y"), 1, Cure.FIX_DATA);

      assertThat(network.numParams()).isEqualTo((3 * 8 + 8) + (3 + 8 + 1));
      assertThat(ModelZip.read(ModelZip.write(network)).params()).isEqualTo(network.params());
    }
  }

  @Test
  void classThatIsNotThereIsNamed() {
    Path jar = TestJars.jar(directory, "Mine", TestJars.GOOD);

    assertFails(jar, "user.Yours", "ClassNotFound", "user.Yours is not in the jar");
  }

  @Test
  void classThatIsNoModelIsRefused() {
    Path jar = TestJars.jar(directory, "Plain", "package user; public class Plain {}");

    assertFails(jar, "user.Plain", "CodeInvalid", "does not implement " + Model.class.getName());
  }

  @Test
  void classWithoutAPublicConstructorIsRefused() {
    Path jar =
        TestJars.jar(
            directory,
            "Mine",
            TestJars.GOOD.replace("implements Model {", "implements Model { Mine(int x) {}"));

    assertFails(jar, "user.Mine", "CodeInvalid", "with a public constructor without arguments");
  }

  @Test
  void classForALaterJavaIsRefusedWithTheCure() {
    Path jar = TestJars.jarFor(21, directory, "Mine", TestJars.GOOD);

    assertFails(jar, "user.Mine", "CodeInvalid", "user.Mine is built for a later Java");
    assertFails(jar, "user.Mine", "CodeInvalid", "(class file version 65.0)");
    assertFails(jar, "user.Mine", "CodeInvalid", "compile with --release 17; mend the jar");
  }

  @Test
  void codeThatThrowsIsNamed() {
    Path inConstructor =
        TestJars.jar(
            directory,
            "Mine",
            TestJars.GOOD.replace(
                "implements Model {",
                "implements Model { public Mine() { throw new IllegalStateException(\"no\"); }"));

    assertFails(
        inConstructor,
        "user.Mine",
        "CodeFailed",
        "threw in its constructor: java.lang.IllegalStateException: no");

    Path inMethod =
        TestJars.jar(
            directory,
            "Mine",
            TestJars.GOOD.replace(
                "return columns.stream()",
                "if (true) throw new AssertionError(7); return columns.stream()"));
    try (UserCode code = UserCode.load(inMethod, "user.Mine", Cure.FIX_DATA)) {
      assertThatThrownBy(() -> code.features(List.of()))
          .isInstanceOf(RunFailure.class)
          .hasMessageContaining("user.Mine threw in features(): java.lang.AssertionError: 7");
    }
  }

  private static void assertFails(Path jar, String className, String reason, String message) {
    assertThatThrownBy(() -> UserCode.load(jar, className, Cure.FIX_SPEC))
        .isInstanceOfSatisfying(
            RunFailure.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.cure()).isEqualTo(Cure.FIX_SPEC);
            })
        .hasMessageContaining(message);
  }
}
