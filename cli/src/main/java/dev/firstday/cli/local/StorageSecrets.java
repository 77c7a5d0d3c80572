package dev.firstday.cli.local;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives every namespace the Secret with the local S3's credentials, as an administrator would on a
 * cluster.
 */
final class StorageSecrets {
  static final String NAME = "firstday-s3";

  private final ObjectStorage.Access storage;
  private final Set<String> served = new HashSet<>();

  StorageSecrets(ObjectStorage.Access storage) {
    this.storage = storage;
  }

  /** Each namespace is served once: a user may replace or delete what is there. */
  List<Write> plan(ClusterView view) {
    List<Write> writes = new ArrayList<>();
    for (Namespace namespace : view.namespaces()) {
      if (served.add(namespace.getMetadata().getUid())) {
        writes.add(new Write.CreateSecret(secret(namespace.getMetadata().getName())));
      }
    }
    return writes;
  }

  private Secret secret(String namespace) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(NAME)
        .withNamespace(namespace)
        .endMetadata()
        .withType("Opaque")
        .withStringData(
            Map.of(
                "AWS_ACCESS_KEY_ID", storage.accessKey(),
                "AWS_SECRET_ACCESS_KEY", storage.secretKey()))
        .build();
  }
}
