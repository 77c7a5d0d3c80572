package dev.firstday.sdk.artefact;

import dev.firstday.contract.Contract;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A trained model as files by name, and the manifest that names them by digest.
 *
 * @param files those that {@link ModelManifest} has constants for
 */
public record Artefact(ModelManifest manifest, SortedMap<String, byte[]> files) {

  /** The files as a manifest names them. */
  public static SortedMap<String, ModelManifest.FileReference> references(
      Map<String, byte[]> files) {
    SortedMap<String, ModelManifest.FileReference> references = new TreeMap<>();
    files.forEach(
        (name, content) ->
            references.put(
                name, new ModelManifest.FileReference(Contract.sha256(content), content.length)));
    return references;
  }

  /** A value as a file's content: canonical JSON. */
  public static byte[] json(Object value) {
    return Contract.write(value).getBytes(StandardCharsets.UTF_8);
  }

  /** Digests of the files and of the manifest. */
  public List<String> objects() {
    return Stream.concat(
            manifest.files().values().stream().map(ModelManifest.FileReference::digest),
            Stream.of(manifest.digest()))
        .toList();
  }

  /**
   * Stores files first and the manifest last, so that a manifest that is there is complete.
   *
   * @param put stores content under its sha256
   */
  public void store(Consumer<byte[]> put) {
    files.values().forEach(put);
    put.accept(json(manifest));
  }
}
