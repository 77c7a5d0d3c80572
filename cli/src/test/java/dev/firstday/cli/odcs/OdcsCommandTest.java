package dev.firstday.cli.odcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class OdcsCommandTest {
  private static final Path RESOURCES = Path.of("src/test/resources/odcs");
  private static final String START = "apiVersion: v3.0.2\nkind: DataContract\n";

  @Test
  void printsADatasetWithWhatTheContractSays() throws IOException {
    Output output = run(RESOURCES.resolve("orders.odcs.yaml").toString());

    assertThat(output.error()).isEmpty();
    assertThat(output.code()).isZero();
    assertThat(output.out()).isEqualTo(Files.readString(RESOURCES.resolve("orders.dataset.yaml")));
  }

  @Test
  void whatItPrintsIsADatasetButForTheLabel() {
    String yaml = run(RESOURCES.resolve("orders.odcs.yaml").toString()).out();

    DatasetSpec spec = Serialization.unmarshal(yaml, Dataset.class).getSpec();

    assertThat(spec.columns())
        .extracting(DatasetSpec.Column::name)
        .containsExactly(
            "tenant", "order_id", "ordered_at", "quantity", "price", "country", "paid", "shape");
    assertThat(spec.checks()).hasSize(12);
    DatasetCheck between =
        spec.checks().stream().filter(c -> c.mustBeBetween() != null).findFirst().orElseThrow();
    assertThat(between.mustBeBetween()).containsExactly(100.0, 1_000_000.0);
    assertThat(spec.checks())
        .filteredOn(c -> c.arguments() != null && c.arguments().validValues() != null)
        .extracting(c -> c.arguments().validValues())
        .containsExactly(List.of("AT", "NO"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
      - {logicalType: string}                                            | properties[0].name: it is missing
      - {name: a, logicalType: text}                                     | properties[0].logicalType: there is no logical type text
      - {name: a, logicalType: string, required: "yes"}                  | properties[0].required: it must be true or false, not "yes"
      - {name: a, logicalType: array}                                    | properties: there is none that a column can hold
      - {name: a b, logicalType: date}, {name: a_b, logicalType: date}   | properties[1].name: there is a column a_b already
      - {name: a, logicalType: string, quality: {metric: nullValues}}    | properties[0].quality: it must be a list
      - {name: a, logicalType: string, quality: [{metric: nullValues}]}  | properties[0].quality[0]: it has no operator
      - {name: a, logicalType: string, quality: [{metric: nulls, mustBe: 0}]} | properties[0].quality[0].metric: there is no metric nulls
      - {name: a, logicalType: string, quality: [{metric: rowCount, mustBe: many}]} | properties[0].quality[0].mustBe: it must be a number, not "many"
      - {name: a, logicalType: string, quality: [{metric: rowCount, mustBeBetween: [2, 1]}]} | properties[0].quality[0].mustBeBetween: it must be two numbers
      - {name: a, logicalType: string, quality: [{metric: nullValues, mustBe: 0, unit: parts}]} | properties[0].quality[0].unit: it must be rows or percent
      - {name: a, logicalType: string, quality: [{metric: invalidValues, mustBe: 0}]} | properties[0].quality[0].arguments: it must have validValues or pattern
      - {name: a, logicalType: string, quality: [{metric: missingValues, mustBe: 0}]} | missingValues: it must list values
      - {name: a, logicalType: string, quality: [{type: sql, mustBe: 0}]} | properties[0].quality[0].query: it is missing
      - {name: a, logicalType: string, quality: [{type: magic}]}         | properties[0].quality[0].type: there is no type of rule magic
      """)
  void namesThePlaceOfWhatIsWrong(String properties, String message, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("contract.yaml");
    String list = properties.substring(2);
    Files.writeString(file, START + "schema: [{name: t, properties: [" + list + "]}]\n");

    Output output = run(file.toString());

    assertThat(output.code()).isEqualTo(1);
    assertThat(output.out()).isEmpty();
    assertThat(output.error()).startsWith("firstday import odcs: " + file + ": ").contains(message);
  }

  @Test
  void refusesWhatIsNoContractOfVersion3(@TempDir Path folder) {
    assertThatThrownBy(() -> OdcsContract.parse("a: ["))
        .isInstanceOf(OdcsFailure.class)
        .hasMessageStartingWith("line 1, column ");
    assertThatThrownBy(() -> OdcsContract.parse("")).hasMessageContaining("no contract");
    assertThatThrownBy(() -> OdcsContract.parse("kind: Dataset"))
        .hasMessage("kind: it must be DataContract, not Dataset");
    assertThatThrownBy(() -> OdcsContract.parse("kind: DataContract\napiVersion: v2.2.2"))
        .hasMessage("apiVersion: only v3 is read, and this is v2.2.2");
    assertThat(run(folder.resolve("none.yaml").toString()).error())
        .contains("none.yaml: there is no such file");
  }

  @Test
  void choosesAnObject(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("two.yaml");
    Files.writeString(
        file,
        START
            + "schema:\n"
            + "- {name: a, properties: [{name: x, logicalType: date}]}\n"
            + "- {name: b, properties: [{name: y, logicalType: date, physicalType: TIMESTAMP}]}\n");

    assertThat(run(file.toString()).error()).contains("choose one with --object: a, b");
    assertThat(run(file.toString(), "--object", "c").error())
        .contains("there is no object c; there is a, b");
    assertThat(run(file.toString(), "--object", "b").out())
        .contains("- {name: y, type: TIMESTAMP}")
        .doesNotContain("checks:");
  }

  @Test
  void quotesWhatYamlWouldTakeForSomethingElse() throws IOException {
    JsonNode node =
        new ObjectMapper()
            .readTree(
                "{\"a\": [\"no\", \"x: y\", \"it's\", \"a b\", \"1\", \"#\", 1.50, 3, true]}");

    String flow = Flow.text(node);

    assertThat(flow)
        .isEqualTo("{a: [\"no\", \"x: y\", \"it's\", a b, \"1\", \"#\", 1.5, 3, true]}");
    assertThat(new YAMLMapper().readTree(flow)).isEqualTo(node);
  }

  private static Output run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter error = new StringWriter();
    int code =
        new CommandLine(new OdcsCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(error))
            .execute(arguments);
    return new Output(code, out.toString(), error.toString());
  }

  private record Output(int code, String out, String error) {}
}
