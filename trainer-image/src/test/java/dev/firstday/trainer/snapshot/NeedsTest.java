package dev.firstday.trainer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.DatasetSpec;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeedsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"metric":"rowCount"}                                                          | false | false | 0    | false
          {"metric":"nullValues","column":"size","arguments":{"against":"previous"}}      | false | false | 0    | false
          {"metric":"change","arguments":{"of":"rowCount"}}                              | true  | false | 0    | false
          {"metric":"change","arguments":{"of":"rowCount","against":"pinned"}}           | false | true  | 0    | false
          {"metric":"drift","column":"size","arguments":{"method":"psi"}}                | true  | false | 0    | false
          {"metric":"drift","column":"size","arguments":{"against":"train"}}             | false | false | 0    | false
          {"metric":"schema"}                                                            | true  | false | 0    | false
          {"metric":"newCategories","column":"colour"}                                   | false | false | 0    | false
          {"metric":"labelDrift","arguments":{"against":"pinned"}}                       | false | true  | 0    | false
          {"metric":"anomaly","arguments":{"of":"rowCount"}}                             | false | false | 30   | false
          {"metric":"anomaly","arguments":{"of":"rowCount","history":50}}                | false | false | 50   | false
          {"metric":"referentialIntegrity","column":"id","arguments":{"table":"rows"}}   | false | false | 0    | true
          {"metric":"sql","query":"SELECT count(*) FROM {object}"}                       | false | false | 0    | false
          {"metric":"sql","query":"SELECT count(*) FROM {object} JOIN ROWS USING (id)"}  | false | false | 0    | true
          """)
  void areWhatAnyCheckMayAskFor(
      String check, boolean previous, boolean pinned, int history, boolean sources) {
    DatasetSpec spec = with("checks", Contract.read("[" + check + "]", Object.class));

    assertThat(Needs.of(spec))
        .isEqualTo(new Needs(previous, pinned, sources ? Set.of("rows") : Set.of(), history));
  }

  @Test
  void areMoreForRulesOfOtherLanguagesAndForColumnsThatMayNotChange() {
    assertThat(Needs.of(with("dqdl", "Rules = [ RowCount > avg(last(10)) ]")))
        .isEqualTo(new Needs(true, false, Set.of(), 1000));
    assertThat(Needs.of(with("schemaEvolution", "additive")).previous()).isTrue();
    assertThat(Needs.of(with("schemaEvolution", "any")).previous()).isFalse();
  }

  private static DatasetSpec with(String field, Object value) {
    Run.Snapshot run = Runs.with(Runs.small("n"), field, value);
    return run.spec();
  }
}
