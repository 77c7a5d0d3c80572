package dev.firstday.server.predict;

import dev.firstday.api.VersionHealth.DataState;
import dev.firstday.sdk.artefact.ModelManifest.DatasetReference;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.StoreException;
import java.util.function.Supplier;

/** Holds the data that a version learnt from against the digests that its manifest names. */
final class DataCheck {
  private static final String CURE = "Restore it from a backup, or train on another version";

  private final Store store;

  DataCheck(Store store) {
    this.store = store;
  }

  /**
   * Of a version of a data set whose rows retention has deleted only the manifest is asked for.
   *
   * @throws StoreException when the store does not answer, which says nothing about the data
   */
  DataState check(DatasetReference dataset) {
    String name = dataset.name() + "/" + dataset.number();
    try {
      DatasetManifest recorded =
          about(
              "the manifest of " + name,
              () -> DatasetManifest.load(store.objects(), dataset.digest()));
      if (!recorded.train().digest().equals(dataset.trainDigest())
          || !recorded.validation().digest().equals(dataset.validationDigest())) {
        return new DataState(
            null,
            "SplitMismatch",
            "the manifest of %s names other splits than the version's own: training %s, validation %s; train again"
                .formatted(name, recorded.train().digest(), recorded.validation().digest()));
      }
      if (!store.sweepMarks(dataset.name()).withoutRows().contains(dataset.number())) {
        verify("the training split of " + name, dataset.trainDigest());
        verify("the validation split of " + name, dataset.validationDigest());
      }
      return new DataState(null, null, null);
    } catch (StoreException e) {
      if (!e.why().isAboutOneObject()) {
        throw e;
      }
      return new DataState(null, e.reason(), e.getMessage());
    }
  }

  private void verify(String what, String digest) {
    about(
        what,
        () -> {
          store.objects().verify(digest);
          return digest;
        });
  }

  private static <T> T about(String what, Supplier<T> work) {
    try {
      return work.get();
    } catch (StoreException e) {
      throw e.why().isAboutOneObject() ? e.about(what, CURE) : e;
    }
  }
}
