package dev.firstday.cli.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.trainer.fixture.FixtureResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples are what newcomers copy. */
class ExamplesTest {
  @ParameterizedTest
  @ValueSource(strings = {"flights/dataset.yaml", "iris/iris.yaml"})
  void everyExampleIsValidAndItsTestsPass(String example) throws Exception {
    Path file = Path.of("../examples").resolve(example);
    DatasetFile datasets = DatasetFile.read(file);

    try (LocalRun run = LocalRun.of(LocalData.of(null, file))) {
      List<FixtureResult> results = run.test(datasets.datasets().get(0).spec());
      assertThat(results).isNotEmpty().allMatch(FixtureResult::passed);
    }
  }
}
