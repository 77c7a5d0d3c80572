package dev.firstday.operator.kube;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.util.StdConverter;
import dev.firstday.api.Firstday;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.TreeMap;

/**
 * A client for who keeps thousands of resources, or lists some, of which any may have been written
 * for another release: {@link Unreadable} says which of them could not be read. As objects, {@code
 * metadata.managedFields} are several times as large as all else of a resource; of those of custom
 * resources it keeps who wrote which field of the spec, and nothing below that.
 */
public final class LeanClient {
  private static final String SPEC = "f:spec";

  /**
   * The API server takes no JSON deeper than 10,000 (sigs.k8s.io/json), and puts lists around it.
   */
  private static final int DEPTH = 10_010;

  private LeanClient() {}

  public static KubernetesClientBuilder builder() {
    KubernetesSerialization serialization =
        new KubernetesSerialization(
            JsonMapper.builder(
                    JsonFactory.builder()
                        .streamReadConstraints(
                            StreamReadConstraints.builder()
                                .maxNestingDepth(DEPTH)
                                // the API server ends a resource long before
                                .maxNameLength(Integer.MAX_VALUE)
                                .build())
                        .build())
                .addMixIn(CustomResource.class, Lean.class)
                .addModule(
                    new SimpleModule().setDeserializerModifier(new ResourceReader.Modifier()))
                // one resource with a word of a later release must not hide all of its kind
                .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
                .build(),
            true);
    // else what a watch tells is read twice, and how deep it may be is for the stack to say
    Firstday.KINDS.forEach(serialization::registerKubernetesResource);
    return new KubernetesClientBuilder().withKubernetesSerialization(serialization);
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
