package dev.firstday.cli.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.cli.terminal.Output;
import dev.firstday.cli.terminal.Style;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code firstday test} and {@code firstday check} on files, from arguments to what is printed. */
class LocalCommandsTest {
  private static final String POINTS =
      """
      apiVersion: firstday.dev/v1alpha1
      kind: Dataset
      metadata: {name: points}
      spec:
        source: {files: [{name: points, uri: "s3://elsewhere/points-*.csv"}]}
        transform: SELECT id, x, x > 1 AS positive FROM points
        columns:
          - {name: id, type: INTEGER, role: key}
          - {name: x, type: DOUBLE}
          - {name: positive, type: BOOLEAN, role: label}
        split: {hash: {columns: [id], validationPercent: 25}}
        leakageChecks: false
        checks: [{metric: rowCount, mustBeGreaterOrEqualTo: 200}]
        tests:
          - name: more than one is positive
            given: [{input: points, rows: [{id: 1, x: 1}, {id: 2, x: 1.5}]}]
            expect: {csv: "id,positive\\n2,true\\n1,false\\n"}
      """;

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = directory.resolve("points.yaml");
    Files.createDirectory(directory.resolve("data"));
    StringBuilder csv = new StringBuilder("id,x\n");
    for (int i = 0; i < 250; i++) {
      csv.append(i).append(',').append(i % 4 * 0.5).append('\n');
    }
    Files.writeString(directory.resolve("data/points-1.csv"), csv);
    Files.writeString(directory.resolve("data/notes.csv"), "nothing of it is read\n");
  }

  @Test
  void testsThatPassAreLines() throws IOException {
    assertThat(test(POINTS))
        .isEqualTo(
            new Ran(
                0,
                """
                points
                  ok     more than one is positive
                1 passed
                """,
                ""));
  }

  @Test
  void aTestThatFailsShowsWhatDiffers() throws IOException {
    assertThat(test(POINTS.replace("x > 1", "x >= 1")))
        .isEqualTo(
            new Ran(
                1,
                """
                points
                  FAILED more than one is positive
                      1 of 2 expected rows is missing, 1 of 2 rows given is unexpected
                         id  positive
                      -  1   false
                      +  =   true
                0 passed, 1 failed
                """,
                ""));
  }

  @Test
  void whatFailsAllTestsIsToldOnce() throws IOException {
    String again =
        POINTS.replace("x > 1", "y > 1")
            + """
              - name: nothing of nothing
                given: [{input: points, rows: []}]
                expect: {rows: []}
          """;

    Ran ran = test(again);

    assertThat(ran.out())
        .containsOnlyOnce("spec.transform does not fit the columns")
        .endsWith(
            """
              FAILED nothing of nothing
                  as for more than one is positive
            0 passed, 2 failed
            """);
  }

  @Test
  void severalDataSetsOfAFileAreTested() throws IOException {
    String more =
        "kind: Model\napiVersion: firstday.dev/v1alpha1\nmetadata: {name: m}\nspec: {}\n---\n"
            + POINTS
            + "---\n"
            + POINTS.replace("name: points}\nspec", "name: others}\nspec");

    assertThat(test(more).out()).contains("points\n  ok ", "others\n  ok ").endsWith("2 passed\n");
  }

  @Test
  void withoutFilesTheTypesAreNotKnown() throws IOException {
    Files.delete(directory.resolve("data/points-1.csv"));

    String lack =
        "table points: no file in "
            + directory.resolve("data")
            + " matches points-*.csv, the last part of s3://elsewhere/points-*.csv. Put it there, say with --data where it is, or declare the columns in spec.source.files[].columns: the tests need their types\n";
    assertThat(test(POINTS).errors()).isEqualTo("firstday test: " + lack);
    assertThat(run(CheckCommand::new).out())
        .isEqualTo("Dataset points\nNo version (InvalidSource): " + lack);
  }

  @Test
  void aValueThatMakesNumbersTextsIsNotTheTestsFault() throws IOException {
    Files.writeString(directory.resolve("data/points-2.csv"), "id,x\n250,n/a\n");

    assertThat(test(POINTS).out())
        .contains(
            "given points: row 1, column x: 1 is a number, and the column is VARCHAR, by what its files hold.",
            "declare the column in spec.source.files[].columns, or name a text that means missing in nullStrings; if not, put it into quotes");
    assertThat(test(POINTS.replace("-*.csv\"", "-*.csv\", nullStrings: [n/a]")).exit()).isZero();
  }

  @Test
  void declaredTypesNeedNoFiles() throws IOException {
    Files.delete(directory.resolve("data/points-1.csv"));
    String declared =
        POINTS.replace(
            "-*.csv\"", "-*.csv\", columns: [{name: id, type: BIGINT}, {name: x, type: DOUBLE}]");

    assertThat(test(declared).exit()).isZero();
  }

  @Test
  void whatAnApiServerWouldRefuseIsRefusedHere() throws IOException {
    Ran ran =
        test(
            POINTS
                .replace("transform:", "transfrom:")
                .replace("metric: rowCount,", "metric: rowCount, column: x,")
                .replace("{input: points, rows", "{inputt: points, input: points, rows"));

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.errors())
        .isEqualTo(
            """
            firstday test: %s is not valid:
              Dataset points: spec.transfrom: unknown field (did you mean transform?)
              Dataset points: spec.tests[0].given[0].inputt: unknown field (did you mean input?)
              Dataset points: spec.transform: Required value
            """
                .formatted(file));
    assertThat(test(POINTS.replace("metric: rowCount,", "metric: rowCount, column: x,")).errors())
        .contains("spec.checks[0]: Invalid value", "rowCount counts rows: it takes no column");
  }

  @Test
  void aFileThatIsNoneIsNamed() throws IOException {
    assertThat(test("a: [").errors()).startsWith("firstday test: " + file + ", line 1: ");
    assertThat(test("a: 1\na: 2\n").errors())
        .isEqualTo("firstday test: " + file + ", line 2: Duplicate field 'a'\n");
    assertThat(test("kind: Pod\n").errors()).contains("holds no data set");
    assertThat(test(POINTS.substring(0, POINTS.indexOf("  tests:"))).errors())
        .contains("has no tests: add some as spec.tests");
    Files.delete(file);
    Files.createDirectory(file);
    assertThat(run(CheckCommand::new).errors())
        .isEqualTo(
            "firstday check: "
                + file
                + " is a folder: name the file in it that holds the data set\n");
    Files.delete(file);
    assertThat(run(TestCommand::new).errors())
        .isEqualTo("firstday test: there is no file " + file + "\n");
    assertThat(run(CheckCommand::new, "--data", "nowhere").errors())
        .isEqualTo("firstday check: nowhere is no folder\n");
  }

  @Test
  void aCheckBuildsTheVersionAndShowsItsChecks() throws IOException {
    Files.writeString(file, POINTS);

    Ran ran = run(CheckCommand::new);

    assertThat(ran.exit()).isZero();
    assertThat(ran.out().lines())
        .startsWith("Dataset points", "Tests: 1 passed")
        .anyMatch(line -> line.matches("Rows: [0-9]{3} train, [0-9]{2} validation"))
        .contains("Checks: 1/1 passed", "  ok  rowCount  250 rows  >= 200  ###############|####")
        .endsWith("This version would be good.");
  }

  @Test
  void rulesInDqdlAreReadInTheProcessThatReadsCel() throws IOException {
    String rules =
        POINTS.replace(
            "  checks:", "  dqdl: 'Rules = [ IsComplete \"x\", RowCount > 1000 ]'\n  checks:");
    assertThat(test(rules).exit()).isZero();

    Ran ran = run(CheckCommand::new);

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out())
        .contains("Checks: 2/3 passed", "ok      IsComplete \"x\"", "FAILED  RowCount > 1000");
    assertThat(test(rules.replace("rowCount,", "rowCount, column: x,")).errors())
        .contains("rowCount counts rows: it takes no column");
  }

  @Test
  void aVersionThatWouldBeRefusedIsAFailure() throws IOException {
    Files.writeString(file, POINTS.replace("To: 200", "To: 2000"));

    Ran ran = run(CheckCommand::new);

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out())
        .contains("FAILED  rowCount  250 rows  >= 2000")
        .endsWith("This version would be refused.\n");
  }

  @Test
  void aScheduleThatIsNoneIsToldAsTheClusterTellsIt() throws IOException {
    Files.writeString(
        file, POINTS.replace("  checks:", "  refresh: {schedule: \"99 5 * * *\"}\n  checks:"));

    Ran ran = run(CheckCommand::new);

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out())
        .contains("This version would be good.\nIt would stall (InvalidRefresh): ")
        .contains("spec.refresh.schedule: \"99 5 * * *\" is no cron expression");
  }

  @Test
  void aFailedCheckShowsSomeOfTheRows() throws IOException {
    String narrow =
        "checks: [{name: small, metric: invalidValues, column: x, arguments: {max: 1}, mustBe: 0},";
    Files.writeString(file, POINTS.replace("checks: [", narrow));
    assertThat(run(CheckCommand::new).out())
        .containsPattern(
            """
              FAILED  small      62 rows  = 0  .*
                  id  x    positive  split
                  3   1.5  true      [a-z]+
                  7   1.5  true      [a-z]+
                  11  1.5  true      [a-z]+
              ok      rowCount .*
            """);

    Files.writeString(
        file, POINTS.replace("checks: [", "failingRows: {limit: 1, redact: [x]}\n  " + narrow));
    assertThat(run(CheckCommand::new).out())
        .containsPattern(" 3 +\\*\\*\\* +true +[a-z]+\\n  ok      rowCount");
  }

  @Test
  void whatCannotBeBuiltSaysWhy() throws IOException {
    Files.writeString(file, POINTS.replaceAll("(?s)  tests:.*", "").replace("x > 1", "y > 1"));

    Ran ran = run(CheckCommand::new);

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out())
        .contains(
            "No version (TransformDoesNotFit): spec.transform does not fit the columns of these files");
    Files.delete(directory.resolve("data/points-1.csv"));
    assertThat(run(CheckCommand::new).out())
        .contains(
            "No version (InvalidSource): table points: no file in "
                + directory.resolve("data")
                + " matches points-*.csv, the last part of s3://elsewhere/points-*.csv. Put it there, or say");
  }

  private Ran test(String yaml) throws IOException {
    Files.writeString(file, yaml);
    return run(TestCommand::new);
  }

  private Ran run(Function<Output, Callable<Integer>> command, String... more) {
    var out = new ByteArrayOutputStream();
    var errors = new ByteArrayOutputStream();
    Output output =
        new Output(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(errors, true, StandardCharsets.UTF_8),
            Style.PLAIN);
    String[] arguments = new String[more.length + 1];
    System.arraycopy(more, 0, arguments, 1, more.length);
    arguments[0] = file.toString();
    int exit = new CommandLine(command.apply(output)).execute(arguments);
    return new Ran(
        exit, out.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
  }

  private record Ran(int exit, String out, String errors) {}
}
