package dev.firstday.operator.deployment;

import static dev.firstday.operator.deployment.World.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Condition;
import dev.firstday.api.ModelDeploymentSpec.Track;
import dev.firstday.api.ModelDeploymentSpec.Undecided;
import dev.firstday.api.VersionHealth;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which version is rolled out, when inspections have found something, or nothing yet. */
class WantedTest {
  private final World world = new World();

  @Test
  void aVersionThatWasNotInspectedWaits() {
    untested(1);
    world.record(1).settle();
    assertThat(ready().reason()).isEqualTo("VersionUntested");
    assertThat(ready().message()).contains("Model late-arrival: version 1");
    world.health.clear();
    world.settle();
    assertThat(world.status.candidate().number()).isEqualTo(1);
  }

  @Test
  void theNewestThatPassedIsTakenAndOneWithAFaultIsNot() {
    faulty(2);
    world.record(1).record(2).settle();
    assertThat(world.status.candidate().number()).isEqualTo(1);
  }

  @Test
  void aModelWhoseOnlyVersionHasAFaultSaysWhich() {
    faulty(1);
    world.record(1).settle();
    assertThat(ready().reason()).isEqualTo("VersionFaulty");
    assertThat(ready().message()).contains("version 1 has a fault (DigestMismatch): damaged");
  }

  /** Whoever deletes does so after a grace period, and of what was marked all the while. */
  @Test
  void aVersionThatIsAboutToBeDeletedIsNotTakenUp() {
    world.marked.add(1);
    world.stable(2).record(1);
    world.edit(World.spec(1, null, List.of(10), Undecided.HOLD, false)).settle();
    assertThat(world.status.candidate()).isNull();
    assertThat(ready().reason()).isEqualTo("VersionMarked");
    world.marked.clear();
    world.settle();
    assertThat(world.status.candidate().number()).isEqualTo(1);
  }

  @Test
  void whatServesStaysWhenItTurnsOutToHaveAFault() {
    world.record(1).stable(2);
    faulty(2);
    world.settle();
    assertThat(world.status.stable().number()).isEqualTo(2);
    assertThat(world.status.candidate()).isNull();
    assertThat(world.status.phase()).isEqualTo("Stable");
  }

  @Test
  void aCandidateThatTurnsOutToHaveAFaultIsTakenBack() {
    world.stable(1).record(2).settle();
    assertThat(world.status.candidate().number()).isEqualTo(2);
    faulty(2);
    world.settle();
    assertThat(world.status.candidate()).isNull();
    assertThat(world.status.stable().number()).isEqualTo(1);
  }

  @Test
  void aVersionAskedForByNumberIsTakenOnlyWhenItPassed() {
    world.stable(1);
    faulty(2);
    world.record(2).edit(World.spec(2, null, List.of(10), Undecided.HOLD, false)).settle();
    assertThat(ready().reason()).isEqualTo("VersionFaulty");
    assertThat(world.status.stable().number()).isEqualTo(1);
    world.edit(World.spec(null, Track.NEWEST, List.of(10), Undecided.HOLD, false)).settle();
    assertThat(world.status.phase()).isEqualTo("Stable");
  }

  @Test
  void anAliasIsFollowedForthAndBack() {
    world.record(1).record(2);
    world.aliases.put("champion", 1);
    world.edit(World.spec(null, "champion", List.of(), Undecided.PROMOTE, false));
    world.settle().golden(World.counts(20, 0, 0, 0)).settle();
    assertThat(world.status.stable().number()).isEqualTo(1);
    world.aliases.put("champion", 2);
    world.settle();
    assertThat(world.status.candidate().number()).isEqualTo(2);
    world.aliases.put("champion", 1);
    world.settle();
    assertThat(world.status.candidate()).isNull();
    assertThat(world.status.stable().number()).isEqualTo(1);
  }

  @Test
  void anAliasThatIsNotThereIsNamedBesideThoseThatAre() {
    world.record(1);
    world.aliases.put("champion", 1);
    world.edit(World.spec(null, "challenger", List.of(), Undecided.HOLD, false)).settle();
    assertThat(ready().reason()).isEqualTo("AliasNotFound");
    assertThat(ready().message())
        .contains("spec.track: Model late-arrival has no alias challenger", "it has champion")
        .doesNotContain("did you mean");
  }

  @Test
  void aNameThatIsMisspeltIsGuessed() {
    world.record(1);
    world.aliases.put("champion", 1);
    world.edit(World.spec(null, "champio", List.of(), Undecided.HOLD, false)).settle();
    assertThat(ready().message()).contains("in its spec.aliases (did you mean champion?); it has");

    world.edit(World.spec(null, "newst", List.of(), Undecided.HOLD, false)).settle();
    assertThat(ready().message()).contains("(did you mean newest?)");

    world.modelFound = false;
    world.settle();
    assertThat(ready().message())
        .isEqualTo(
            "spec.model: there is no Model late-arrival in this namespace"
                + " (did you mean late-arrivals?); create it");
  }

  @Test
  void anAliasOfAVersionThatIsNoneSaysWhichThereAre() {
    world.record(1);
    world.aliases.put("champion", 7);
    world.edit(World.spec(null, "champion", List.of(), Undecided.HOLD, false)).settle();
    assertThat(ready().reason()).isEqualTo("VersionNotFound");
    assertThat(ready().message()).startsWith("spec.track: champion: Model late-arrival lists");
  }

  private void untested(int number) {
    world.health.put(version(number), Optional.empty());
  }

  private void faulty(int number) {
    world.health.put(
        version(number),
        Optional.of(
            new VersionHealth(
                number,
                version(number).digest(),
                World.START,
                "Recorded",
                "DigestMismatch",
                "damaged",
                null,
                null,
                null)));
  }

  private Condition ready() {
    return world.status.conditions().get(0);
  }
}
