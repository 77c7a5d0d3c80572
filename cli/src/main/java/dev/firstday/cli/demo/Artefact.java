package dev.firstday.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads what a model's version holds beside the network. */
record Artefact(Store store, String digest) {
  private static final int MAX_BYTES = 16 << 20;

  /** What the best constant answers: one number, or one a class. */
  double[] constant() throws IOException {
    JsonNode manifest = read(digest);
    JsonNode baseline =
        read(manifest.path("files").path(ModelManifest.BASELINE).path("digest").asText());
    JsonNode answer = baseline.path("answer");
    double[] constant = new double[answer.size()];
    for (int i = 0; i < constant.length; i++) {
      constant[i] = answer.get(i).asDouble();
    }
    return constant;
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
