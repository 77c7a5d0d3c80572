package dev.firstday.trainer.retention;

import dev.firstday.api.ModelVersion;
import dev.firstday.sdk.data.CheckOutcome;
import dev.firstday.sdk.data.CheckRecord;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.data.DatasetManifest.ObjectRef;
import dev.firstday.sdk.data.ResultLog;
import dev.firstday.sdk.store.RecordLog;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.VersionRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Who refers to what in a namespace. Objects are named by their content, so versions of several
 * data sets may share one; what is asked here is asked of all of them.
 */
final class References {
  private final Store store;

  References(Store store) {
    this.store = store;
  }

  /** The records of some versions of a data set. */
  List<VersionRecord> versions(String dataset, List<Integer> numbers) {
    return versionLog("datasets/" + dataset).read(numbers);
  }

  /** All recorded versions of all models, each with the model's name. */
  List<Learnt> models() {
    List<Learnt> learnt = new ArrayList<>();
    for (String model : store.models()) {
      RecordLog<VersionRecord> log = versionLog("models/" + model);
      log.read(log.numbers()).stream()
          .map(record -> record.summary(ModelVersion.class))
          .forEach(version -> learnt.add(new Learnt(model, version)));
    }
    return learnt;
  }

  private RecordLog<VersionRecord> versionLog(String of) {
    return store.records(of + "/versions/", VersionRecord.class);
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
