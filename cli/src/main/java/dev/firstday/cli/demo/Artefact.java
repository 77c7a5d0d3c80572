package dev.firstday.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what a model's version holds beside the network. */
record Artefact(Store store, String digest) {
  private static final int MAX_BYTES = 16 << 20;

  Constant constant() throws IOException {
    JsonNode manifest = read(digest);
    JsonNode baseline =
        read(manifest.path("files").path(ModelManifest.BASELINE).path("digest").asText());
    List<Double> answer = new ArrayList<>();
    baseline.path("loss").path("answer").forEach(number -> answer.add(number.asDouble()));
    List<String> classes = new ArrayList<>();
    manifest.path("task").path("classes").forEach(name -> classes.add(name.asText()));
    return new Constant(answer, classes);
  }

  /** The digest of the file with the validation split. */
  String validationSplit() throws IOException {
    return read(digest).path("dataset").path("validationDigest").asText();
  }

  private JsonNode read(String object) throws IOException {
    return new ObjectMapper()
        .readTree(new String(store.objects().read(object, MAX_BYTES), StandardCharsets.UTF_8));
  }
}
