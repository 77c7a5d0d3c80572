package dev.firstday.sdk.signing;

import dev.firstday.contract.Contract;
import dev.firstday.sdk.artefact.ModelManifest;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a signature of a version is about: its files and its manifest, as they lie in a folder that
 * {@code firstday model download} makes. The manifest brings in what is no file of the version: the
 * data that it learnt from, and the model's name.
 *
 * @param model the model's name
 * @param digests sha256 by name, in the order of the names' code points
 */
public record SignedFiles(String model, SortedMap<String, String> digests) {
  /** The manifest's name in the folder. */
  public static final String MANIFEST = "manifest.json";

  /**
   * The files of a version.
   *
   * @param digest the version's
   */
  public static SignedFiles of(String digest, ModelManifest manifest) {
    SortedMap<String, String> digests = new TreeMap<>(Comparator.naturalOrder());
    manifest.files().forEach((name, file) -> digests.put(name, file.digest()));
    digests.put(MANIFEST, digest);
    digests.values().stream()
        .filter(value -> !Contract.isDigest(value))
        .findFirst()
        .ifPresent(
            value -> {
              throw SignatureFault.invalid("the manifest names a file by what is no sha256");
            });
    return new SignedFiles(manifest.model(), digests);
  }
}
