package dev.firstday.trainer.retention;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstday.api.ModelVersion;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.artefact.Artefact;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.VersionLog;
import dev.firstday.sdk.store.VersionRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Versions of models as a trainer leaves them, with a few bytes in place of a network. */
final class Models {
  private static final String OBJECTS = "objects/sha256/";

  private Models() {}

  /** Stores a version's files and records it. */
  static ModelManifest record(Store store, String model, String weights, String jar, Instant now) {
    Artefact artefact = artefact(model, weights, jar);
    artefact.store(store.objects()::put);
    record(store, artefact, now);
    return artefact.manifest();
  }

  static VersionRecord record(Store store, Artefact artefact, Instant now) {
    ModelManifest manifest = artefact.manifest();
    String weights = new String(artefact.files().get(ModelManifest.MODEL), UTF_8);
    return store
        .modelVersions(manifest.model())
        .record(
            "run of " + weights,
            manifest.digest(),
            false,
            now,
            number ->
                new ModelVersion(
                    number,
                    manifest.digest(),
                    "flights/1",
                    manifest.dataset().trainDigest(),
                    manifest.dataset().validationDigest(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    now));
  }

  static Artefact artefact(String model, String weights, String jar) {
    TreeMap<String, byte[]> files = new TreeMap<>();
    files.put(ModelManifest.MODEL, weights.getBytes(UTF_8));
    files.put(ModelManifest.CODE, jar.getBytes(UTF_8));
    files.put(ModelManifest.REPORT, ("report of " + weights).getBytes(UTF_8));
    String some = Contract.sha256(files.get(ModelManifest.CODE));
    return new Artefact(
        new ModelManifest(
            model,
            Artefact.references(files),
            new ModelManifest.DatasetReference("flights", 1, some, some, some),
            some,
            1,
            1,
            1,
            null,
            List.of(),
            Map.of(),
            null,
            List.of()),
        files);
  }

  /**
   * Reads every file of every version that is kept.
   *
   * @throws dev.firstday.sdk.store.StoreException when one is not there
   */
  static void requireWhole(Store store, String model) {
    VersionLog log = store.modelVersions(model);
    log.read(log.kept()).forEach(version -> requireWhole(store, version));
  }

  static void requireWhole(Store store, VersionRecord version) {
    ModelManifest.load(version.digest(), store.objects()::read).verifyFiles(store.objects()::read);
  }

  /**
   * The objects that no version of the model has any more, and no manifest is; a namespace with one
   * model.
   */
  static Set<String> strays(List<String> keys, Store store, String model) {
    VersionLog log = store.modelVersions(model);
    Set<String> needed = new TreeSet<>();
    log.read(log.numbers()).forEach(version -> needed.add(version.digest()));
    log.read(log.kept())
        .forEach(
            version ->
                ModelManifest.load(version.digest(), store.objects()::read)
                    .files()
                    .values()
                    .forEach(file -> needed.add(file.digest())));
    return keys.stream()
        .filter(key -> key.startsWith(OBJECTS))
        .map(key -> key.substring(OBJECTS.length()))
        .filter(digest -> !needed.contains(digest))
        .collect(Collectors.toSet());
  }
}
