package dev.firstday.sdk.artefact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.contract.Contract;
import java.util.regex.Pattern;

/**
 * Checks the class names in a network's configuration, since DL4J makes an object of each class it
 * finds there.
 */
final class ConfigurationGuard {
  private static final String CLASS = "@class";
  private static final Pattern ALLOWED =
      Pattern.compile(
          "(org\\.deeplearning4j\\.nn\\.(conf|weights)"
              + "|org\\.nd4j\\.linalg\\.(activations\\.impl|lossfunctions\\.impl|learning\\.(config|regularization)|schedule))"
              + "(\\.[a-zA-Z0-9_]+)*\\.[A-Z][A-Za-z0-9_$]*");

  private ConfigurationGuard() {}

  /**
   * The configuration, as it was understood here: what a second parser might read otherwise (a key
   * given twice) is gone.
   */
  static String checked(String file, String configuration) {
    JsonNode root;
    try {
      root = Contract.read(configuration, JsonNode.class);
    } catch (IllegalArgumentException e) {
      throw new ArtefactException("ArtefactDamaged", file + " is no JSON: " + e.getMessage(), e);
    }
    for (JsonNode name : root.findValues(CLASS)) {
      if (!name.isTextual() || !ALLOWED.matcher(name.textValue()).matches()) {
        throw ArtefactException.unsafe(
            "%s names the class %s, which is no layer, activation, loss or updater of DL4J: save the model anew, of DL4J's own"
                .formatted(file, name));
      }
    }
    return Contract.write(root);
  }
}
