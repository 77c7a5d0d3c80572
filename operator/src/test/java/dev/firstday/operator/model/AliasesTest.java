package dev.firstday.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Alias;
import dev.firstday.api.AliasState;
import dev.firstday.api.AliasState.Move;
import dev.firstday.api.Model;
import dev.firstday.api.ModelSpec;
import dev.firstday.api.ModelStatus;
import dev.firstday.api.ModelVersion;
import dev.firstday.operator.Samples;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AliasesTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private final Model model = Samples.model("ns", "late");

  @Test
  void aMoveSaysWhoAndWhenAndWhatWasBefore() {
    spec(new Alias("champion", 1));
    written("kubectl", "2026-01-01T11:59:00Z");
    pass(NOON);
    assertThat(champion().now()).isEqualTo(new Move(1, digest(1), NOON, "kubectl"));
    assertThat(champion().before()).isEmpty();

    pass(NOON.plusSeconds(60));
    assertThat(champion().now().at()).as("not moved").isEqualTo(NOON);

    spec(new Alias("champion", 3));
    written("argocd-controller", "2026-01-01T12:30:00Z");
    pass(NOON.plusSeconds(3600));
    assertThat(champion().now())
        .isEqualTo(new Move(3, digest(3), NOON.plusSeconds(3600), "argocd-controller"));
    assertThat(champion().before()).containsExactly(new Move(1, digest(1), NOON, "kubectl"));
  }

  @Test
  void onlyTheLastMovesAreRemembered() {
    for (int i = 0; i < 15; i++) {
      spec(new Alias("champion", 1 + i % 3));
      pass(NOON.plusSeconds(i));
    }
    assertThat(champion().before()).hasSize(10);
    assertThat(champion().before().get(0).at()).isEqualTo(NOON.plusSeconds(13));
  }

  @Test
  void anAliasOfNothingIsDanglingUntilThereIsTheVersion() {
    spec(new Alias("champion", 9));
    Aliases aliases = pass(NOON);
    assertThat(aliases.dangling()).extracting(AliasState::name).containsExactly("champion");
    assertThat(aliases.subjects()).isEmpty();

    spec(new Alias("champion", 2));
    assertThat(pass(NOON).subjects()).singleElement().matches(s -> s.digest().equals(digest(2)));
  }

  @Test
  void aVersionWithAnAliasStaysListed() {
    spec(new Alias("champion", 1));
    Catalogue listed = catalogue().listing(new Listing(1, Listing.of(model, List.of()).also()));
    assertThat(listed.versions()).extracting(ModelVersion::number).containsExactly(3, 1);
    assertThat(listed.count()).isEqualTo(3);
  }

  private Aliases pass(Instant now) {
    Aliases aliases = Aliases.of(model, catalogue(), now);
    model.setStatus(
        new ModelStatus(
            1L,
            "Ready",
            List.of(),
            null,
            3,
            List.of(),
            List.of(),
            aliases.states(),
            null,
            null,
            null,
            null,
            null,
            null,
            null));
    return aliases;
  }

  private AliasState champion() {
    return model.getStatus().aliases().get(0);
  }

  private void spec(Alias... aliases) {
    model.setSpec(new ModelSpec(null, null, null, List.of(aliases), null, null));
  }

  private void written(String manager, String time) {
    FieldsV1 fields = new FieldsV1();
    fields.setAdditionalProperty("f:spec", Map.of("f:aliases", Map.of()));
    ManagedFieldsEntry other =
        new ManagedFieldsEntryBuilder()
            .withManager("firstday")
            .withTime("2027-01-01T00:00:00Z")
            .build();
    model
        .getMetadata()
        .setManagedFields(
            List.of(
                other,
                new ManagedFieldsEntryBuilder()
                    .withManager(manager)
                    .withTime(time)
                    .withFieldsV1(fields)
                    .build()));
  }

  private static Catalogue catalogue() {
    return new Catalogue(
        0, IntStream.of(3, 2, 1).mapToObj(number -> Samples.modelVersion("run", number)).toList());
  }

  private static String digest(int number) {
    return Samples.modelVersion("run", number).digest();
  }
}
