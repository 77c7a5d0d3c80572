package dev.firstday.trainer.train;

import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.ScratchDisk;
import dev.firstday.sdk.data.Columns;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.data.SplitReader;
import dev.firstday.sdk.feature.EncodedRows;
import dev.firstday.sdk.feature.Features;
import dev.firstday.sdk.store.ObjectStore;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A data set's version: its manifest, and its splits once they are asked for. */
public final class Splits {
  private final Run.DatasetVersionReference version;
  private final DatasetManifest manifest;
  private final ObjectStore objects;
  private final SplitReader reader;
  private final Path directory;

  private Splits(
      Run.DatasetVersionReference version,
      DatasetManifest manifest,
      ObjectStore objects,
      SplitReader reader,
      Path directory) {
    this.version = version;
    this.manifest = manifest;
    this.objects = objects;
    this.reader = reader;
    this.directory = directory;
  }

  /**
   * @throws RunFailure when the version was refused by its checks, or its rows were deleted
   */
  public static Splits of(
      Run.DatasetVersionReference version, Store store, SplitReader reader, Path directory) {
    ObjectStore objects = store.objects();
    DatasetManifest manifest = DatasetManifest.load(objects, version.digest());
    if (store.datasetVersions(version.name()).read(version.number()).refused()) {
      throw new RunFailure(
          "DatasetRefused",
          "version %s/%d was refused by its checks: train on one that passed"
              .formatted(version.name(), version.number()),
          Cure.FIX_DATA);
    }
    if (store.sweepMarks(version.name()).withoutRows().contains(version.number())) {
      throw new RunFailure(
          "DatasetSwept",
          "the rows of version %s/%d were deleted, as the data set's spec.retention asks: train on a later version"
              .formatted(version.name(), version.number()),
          Cure.FIX_DATA);
    }
    return new Splits(version, manifest, objects, reader, directory);
  }

  public DatasetManifest manifest() {
    return manifest;
  }

  /** At least one. */
  List<DatasetSpec.Column> labels() {
    List<DatasetSpec.Column> labels =
        manifest.columns().stream().filter(column -> column.effectiveRole() == Role.LABEL).toList();
    if (labels.isEmpty()) {
      throw new RunFailure(
          "LabelMissing",
          "data set %s has no column with role label: give one that role"
              .formatted(manifest.name()),
          Cure.FIX_DATA);
    }
    return labels;
  }

  /** The columns that may be inputs. */
  List<DatasetSpec.Column> inputs() {
    return manifest.columns().stream()
        .filter(
            column ->
                column.effectiveRole() == Role.FEATURE || column.effectiveRole() == Role.EVENT_TIME)
        .toList();
  }

  public Columns training(List<DatasetSpec.Column> columns) {
    return reader.open(fetch("training", manifest.train()), columns);
  }

  public Columns validation(List<DatasetSpec.Column> columns) {
    return reader.open(fetch("validation", manifest.validation()), columns);
  }

  private Path fetch(String split, DatasetManifest.ObjectRef file) {
    try {
      return objects.fetch(file.digest(), directory);
    } catch (StoreException e) {
      throw e.why().isAboutOneObject()
          ? e.about(
              "the %s split of %s/%d".formatted(split, version.name(), version.number()),
              "Restore it from a backup, or take another version")
          : e;
    }
  }

  /** A split's rows, in a file of the directory until they are closed. */
  public EncodedRows encoded(Features features, Columns rows) {
    try {
      return EncodedRows.of(features, rows, Files.createTempFile(directory, "encoded-", ""));
    } catch (IOException e) {
      throw ScratchDisk.notWritable("the encoded rows", directory, e);
    }
  }
}
