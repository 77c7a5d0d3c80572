package dev.firstday.trainer.retention;

import dev.firstday.api.ModelVersion;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.artefact.ArtefactException;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.data.CheckOutcome;
import dev.firstday.sdk.data.CheckRecord;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.data.DatasetManifest.ObjectRef;
import dev.firstday.sdk.data.ResultLog;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.StoreException;
import dev.firstday.sdk.store.VersionLog;
import dev.firstday.sdk.store.VersionRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who refers to what in a namespace. Objects are named by their content, so versions of several
 * data sets may share one; what is asked here is asked of all of them.
 */
final class References {
  private static final Logger LOG = LoggerFactory.getLogger(References.class);

  private final Store store;

  References(Store store) {
    this.store = store;
  }

  /** The records of some versions of a data set. */
  List<VersionRecord> versions(String dataset, List<Integer> numbers) {
    return store.datasetVersions(dataset).read(numbers);
  }

  /** All versions of all models that are kept, each with the model's name. */
  List<Learnt> models() {
    List<Learnt> learnt = new ArrayList<>();
    for (String model : store.models()) {
      VersionLog log = store.modelVersions(model);
      log.read(log.kept()).stream()
          .map(record -> record.summary(ModelVersion.class))
          .forEach(version -> learnt.add(new Learnt(model, version)));
    }
    return learnt;
  }

  /** By number, the model that learnt from that version of a data set, in words. */
  static Map<Integer, String> byNumber(List<Learnt> models, String dataset) {
    Map<Integer, String> words = new TreeMap<>();
    for (Learnt learnt : models) {
      String from = String.valueOf(learnt.version().dataset());
      if (from.matches("\\Q" + dataset + "\\E/[1-9][0-9]{0,8}")) {
        words.put(
            Integer.valueOf(from.substring(dataset.length() + 1)),
            learnt.model() + "/" + learnt.version().number() + " learnt from it");
      }
    }
    return words;
  }

  /**
   * The objects that must stay when some versions go.
   *
   * @param dataset whose versions go
   * @param going their numbers; what has no rows any more need not be among them
   */
  Set<String> needed(String dataset, Set<Integer> going, List<Learnt> models) {
    Set<String> needed = new HashSet<>();
    for (Learnt learnt : models) {
      needed.add(learnt.version().trainDigest());
      needed.add(learnt.version().validationDigest());
    }
    for (String other : store.datasets()) {
      Set<Integer> gone = store.sweepMarks(other).withoutRows();
      Set<String> digestsGone = new HashSet<>();
      Set<String> digestsLeft = new HashSet<>();
      for (VersionRecord version : versions(other, store.datasetVersions(other).numbers())) {
        boolean goes =
            gone.contains(version.number())
                || other.equals(dataset) && going.contains(version.number());
        (goes ? digestsGone : digestsLeft).add(version.digest());
      }
      digestsLeft.forEach(digest -> needed.addAll(splits(digest)));
      // of a result without a version, a run may still be about to record it
      results(other).stream()
          .filter(r -> digestsLeft.contains(r.digest()) || !digestsGone.contains(r.digest()))
          .flatMap(References::samples)
          .forEach(needed::add);
    }
    return needed;
  }

  /** The objects of the versions of a data set that have one of these digests. */
  Map<String, Set<String>> objects(String dataset, Set<String> digests) {
    Map<String, Set<String>> objects = new TreeMap<>();
    digests.forEach(digest -> objects.put(digest, new HashSet<>(splits(digest))));
    for (CheckRecord result : results(dataset)) {
      if (objects.containsKey(result.digest())) {
        samples(result).forEach(objects.get(result.digest())::add);
      }
    }
    return objects;
  }

  /**
   * The files of a version of a model. Where its manifest is lost or damaged nobody knows them, and
   * what is left of them stays.
   */
  Set<String> files(Sweep.Version version) {
    try {
      return filesOf(version.digest());
    } catch (StoreException e) {
      if (!e.why().isAboutOneObject()) {
        throw e;
      }
      return none(version, e);
    } catch (ArtefactException e) {
      return none(version, e);
    }
  }

  private static Set<String> none(Sweep.Version version, RunFailure why) {
    LOG.warn("version {}: what is left of its files stays: {}", version.number(), why.getMessage());
    return Set.of();
  }

  /**
   * The objects that must stay when versions of a model go.
   *
   * @param kept all versions of all models but those
   */
  Set<String> neededBeside(List<Learnt> kept) {
    Set<String> needed = needed("", Set.of(), kept);
    kept.stream()
        .map(learnt -> learnt.version().digest())
        .distinct()
        .forEach(digest -> needed.addAll(filesOf(digest)));
    return needed;
  }

  private Set<String> filesOf(String digest) {
    return ModelManifest.load(digest, store.objects()::read).files().values().stream()
        .map(ModelManifest.FileReference::digest)
        .collect(Collectors.toSet());
  }

  private List<CheckRecord> results(String dataset) {
    ResultLog log = ResultLog.of(store, dataset);
    return log.read(log.numbers());
  }

  private List<String> splits(String digest) {
    DatasetManifest manifest = DatasetManifest.load(store.objects(), digest);
    return Stream.of(manifest.train(), manifest.validation(), manifest.test())
        .filter(Objects::nonNull)
        .map(ObjectRef::digest)
        .toList();
  }

  private static Stream<String> samples(CheckRecord result) {
    return result.outcomes().stream().map(CheckOutcome::sample).filter(Objects::nonNull);
  }

  /** A model's version, which names the data set's version that it learnt from. */
  record Learnt(String model, ModelVersion version) {}
}
