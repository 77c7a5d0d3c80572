package dev.firstday.operator.kube;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.StdConverter;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.TreeMap;

/**
 * A client for who keeps thousands of resources, some of which may have been written for a newer
 * release. As objects, {@code metadata.managedFields} are several times as large as all else of a
 * resource; of those of custom resources it keeps who wrote which field of the spec, and nothing
 * below that.
 */
public final class LeanClient {
  private static final String SPEC = "f:spec";

  private LeanClient() {}

  public static KubernetesClientBuilder builder() {
    return new KubernetesClientBuilder()
        .withKubernetesSerialization(
            new KubernetesSerialization(
                JsonMapper.builder()
                    .addMixIn(CustomResource.class, Lean.class)
                    // one resource with a word of a later release must not hide all of its kind
                    .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
                    .build(),
                true));
  }

  private abstract static class Lean {
    @JsonDeserialize(converter = Shortened.class)
    abstract void setMetadata(ObjectMeta metadata);
  }

  private static final class Shortened extends StdConverter<ObjectMeta, ObjectMeta> {
    @Override
    public ObjectMeta convert(ObjectMeta metadata) {
      if (metadata.getManagedFields() != null) {
        metadata.getManagedFields().forEach(Shortened::shorten);
      }
      return metadata;
    }

    private static void shorten(ManagedFieldsEntry entry) {
      FieldsV1 kept = new FieldsV1();
      if (entry.getFieldsV1() != null
          && entry.getFieldsV1().getAdditionalProperties().get(SPEC) instanceof Map<?, ?> spec) {
        Map<String, Object> fields = new TreeMap<>();
        spec.keySet().forEach(field -> fields.put(field.toString(), Map.of()));
        kept.setAdditionalProperty(SPEC, fields);
      }
      entry.setFieldsV1(kept);
    }
  }
}
