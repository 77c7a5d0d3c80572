package dev.firstday.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Condition;
import dev.firstday.api.Errand.Kind;
import dev.firstday.api.ModelSpec;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.Signing;
import dev.firstday.api.Signing.Mode;
import dev.firstday.api.VersionHealth;
import dev.firstday.api.VersionHealth.SignatureState;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Failure;
import dev.firstday.contract.RunResult.Inspection.Finding;
import dev.firstday.operator.kube.EventDraft;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of versions with and without a signature. */
class SigningTest {
  private static final String MISSING = "there is no signature by team";
  private static final Signing REQUIRED = signing(Mode.REQUIRE, "a");
  private static final Signing WANTED = signing(Mode.WARN, "a");

  private final ModelWorld world = ModelWorld.with(spec(null), 2);

  @Test
  void versionsAreLookedAtAgainWhenTheirSignatureCounts() {
    assertThat(newest().number()).isEqualTo(2);

    edit(REQUIRED);

    assertThat(world.errand().kind()).isEqualTo(Kind.INSPECTION);
    assertThat(world.errand().versions()).extracting(v -> v.number()).containsExactly(2, 1);
    assertThat(((Run.Inspect) world.asked()).signing()).isEqualTo(REQUIRED);
    assertThat(world.status().phase()).as("nothing is known yet").isEqualTo("Ready");
  }

  /** A version that is not signed is not served, and the one before it is, if that is signed. */
  @Test
  void withoutARequiredSignatureAVersionIsNotTheNewest() {
    edit(REQUIRED);
    answer(REQUIRED, "SignatureMissing", null, null);

    assertThat(newest().number()).isEqualTo(1);
    assertThat(world.status().phase()).isEqualTo("Degraded");
    assertThat(condition("Degraded").reason()).isEqualTo("SignatureMissing");
    assertThat(condition("Degraded").message()).isEqualTo("version 2: " + MISSING);
    assertThat(condition("Ready").status()).isEqualTo("True");
    assertThat(health(1).signature().signer()).isEqualTo("team");
    assertThat(world.told)
        .filteredOn(event -> event.reason().equals("SignatureMissing"))
        .extracting(EventDraft::message)
        .containsExactly("version 2: " + MISSING);
    quiet();
  }

  @Test
  void withoutAnySignedVersionThereIsNoneToServe() {
    edit(REQUIRED);
    answer(REQUIRED, "SignatureMissing", "SignatureInvalid", null);

    assertThat(newest()).isNull();
    assertThat(world.status().phase()).isEqualTo("Failed");
    assertThat(condition("Ready").status()).isEqualTo("False");
    assertThat(condition("Stalled").reason()).isEqualTo("SignatureMissing");
    quiet();
  }

  @Test
  void aSignatureThatIsOnlyWantedIsMissedAndStopsNothing() {
    edit(WANTED);
    answer(WANTED, null, null, "SignatureMissing");

    assertThat(newest().number()).isEqualTo(2);
    assertThat(world.status().phase()).isEqualTo("Degraded");
    assertThat(condition("Degraded").reason()).isEqualTo("SignatureMissing");
    assertThat(condition("Degraded").message()).isEqualTo("version 2: " + MISSING);
    assertThat(health(2).passed()).isTrue();
    assertThat(world.told).extracting(EventDraft::reason).contains("SignatureMissing");
    quiet();
  }

  @Test
  void whatWasMissedIsForgottenWhenNobodyLooksAnyMore() {
    edit(REQUIRED);
    answer(REQUIRED, "SignatureMissing", null, null);

    edit(signing(Mode.IGNORE, "a"));
    assertThat(world.errand().kind()).isEqualTo(Kind.INSPECTION);
    world.inspect();

    assertThat(newest().number()).isEqualTo(2);
    assertThat(health(2).signature()).isNull();
    assertThat(world.status().phase()).isEqualTo("Ready");
    edit(signing(Mode.IGNORE, "b"));
    edit(null);
    quiet();
  }

  @Test
  void anotherKeyIsAnotherLook() {
    edit(REQUIRED);
    answer(REQUIRED, null, null, null);
    quiet();

    Signing next = signing(Mode.REQUIRE, "b");
    edit(next);

    assertThat(((Run.Inspect) world.asked()).signing()).isEqualTo(next);
    answer(next, "SignatureMissing", "SignatureMissing", null);
    assertThat(newest()).isNull();
    quiet();
  }

  /** An image of another release may not know of signatures. */
  @Test
  void anAnswerThatDoesNotGoByTheSpecPassesNoVersion() {
    edit(REQUIRED);
    world.answer(
        new RunResult.Inspection(
            world.uid(),
            List.of(
                new Finding(2, health(2).digest(), null, null, null),
                finding(WANTED, 1, health(1).digest(), null, null))));

    assertThat(newest()).isNull();
    assertThat(world.status().health())
        .extracting(VersionHealth::fault)
        .containsExactly("NotInspected", "NotInspected");
    assertThat(health(2).message()).contains("do operator and server image have the same release?");
    quiet();
  }

  @Test
  void aLookThatTheSpecOvertakesIsGivenUp() {
    edit(WANTED);
    world.edit(spec(REQUIRED)).pass();
    assertThat(world.errand().kind()).isEqualTo(Kind.INVENTORY);
    world.answer(world.inventory(2)).pass();

    assertThat(((Run.Inspect) world.asked()).signing()).isEqualTo(REQUIRED);
    answer(REQUIRED, "SignatureMissing", null, null);
    assertThat(newest().number()).isEqualTo(1);
    quiet();
  }

  @Test
  void aLookThatFailsForGoodIsNotRepeatedForEver() {
    world.edit(spec(REQUIRED));
    world.pass().answer(world.inventory(2)).pass();
    for (int i = 0; i < 3; i++) {
      world
          .answer(new Failure(world.uid(), "Broken", "it is broken", RunResult.Cure.FIX_SPEC))
          .pass();
    }

    assertThat(world.status().health()).extracting(VersionHealth::fault).containsOnly("Broken");
    quiet();
  }

  @Test
  void aPodSaysWhatItLikesAndTheStatusKeepsItsForm() {
    edit(WANTED);
    SignatureState odd =
        new SignatureState(
            Contract.digest(WANTED), "x".repeat(700), "no reason at all", "y".repeat(700));
    world.answer(
        new RunResult.Inspection(
            world.uid(),
            world.errand().versions().stream()
                .map(v -> new Finding(v.number(), v.digest(), null, null, odd))
                .toList()));

    SignatureState kept = health(2).signature();
    assertThat(kept.signer().length()).isLessThan(600);
    assertThat(kept.message().length()).isLessThan(600);
    assertThat(kept.fault()).isEqualTo("SignatureInvalid");
  }

  /** The inventory of the new spec, and the inspection after it. */
  private void edit(Signing signing) {
    world.edit(spec(signing)).pass().answer(world.inventory(2)).pass();
  }

  /**
   * @param second the fault of version 2
   * @param first that of version 1
   * @param warning what version 2's signature lacks
   */
  private void answer(Signing policy, String second, String first, String warning) {
    world
        .answer(
            new RunResult.Inspection(
                world.uid(),
                world.errand().versions().stream()
                    .map(
                        v ->
                            v.number() == 2
                                ? finding(policy, v.number(), v.digest(), second, warning)
                                : finding(policy, v.number(), v.digest(), first, null))
                    .toList()))
        .pass();
  }

  private static Finding finding(
      Signing policy, int number, String digest, String fault, String warning) {
    boolean signed = fault == null && warning == null;
    return new Finding(
        number,
        digest,
        fault,
        fault == null ? null : MISSING,
        new SignatureState(
            Contract.digest(policy),
            signed ? "team" : null,
            warning,
            warning == null ? null : MISSING));
  }

  private void quiet() {
    var before = world.status();
    world.pass().pass();
    assertThat(world.status()).isEqualTo(before);
    assertThat(world.status().run().finishedAt()).isNotNull();
  }

  private ModelVersion newest() {
    return world.status().newest();
  }

  private VersionHealth health(int number) {
    return world.status().health().stream()
        .filter(entry -> entry.number() == number)
        .findFirst()
        .orElseThrow();
  }

  private Condition condition(String type) {
    return world.status().condition(type).orElseThrow();
  }

  private static ModelSpec spec(Signing signing) {
    return new ModelSpec(null, null, null, null, null, signing);
  }

  private static Signing signing(Mode mode, String pem) {
    return new Signing(mode, List.of(new Signing.PublicKey("team", pem)));
  }
}
