package dev.firstday.operator.kube;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TreeTraversingParser;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads custom resources so that what one of them says hides no other of a list: of one that cannot
 * be read it leaves out the spec, the status or both, and {@linkplain Unreadable says so}.
 */
final class ResourceReader extends DelegatingDeserializer {
  private static final long serialVersionUID = 1L;
  private static final List<String> PARTS = List.of("spec", "status");
  private static final int LONGEST_FAULT = 300;

  private ResourceReader(JsonDeserializer<?> delegate) {
    super(delegate);
  }

  /** Has all custom resources read so. */
  static final class Modifier extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonDeserializer<?> modifyDeserializer(
        DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> usual) {
      return CustomResource.class.isAssignableFrom(bean.getBeanClass())
          ? new ResourceReader(usual)
          : usual;
    }
  }

  @Override
  protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
    return new ResourceReader(delegate);
  }

  @Override
  public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    try (TokenBuffer copy = context.bufferAsCopyOfValue(parser)) {
      try {
        return _delegatee.deserialize(copy.asParserOnFirstToken(), context);
      } catch (JsonProcessingException e) {
        if (context.readTree(copy.asParserOnFirstToken()) instanceof ObjectNode whole) {
          return remains(whole, parser.getCodec(), context, e);
        }
        throw e;
      }
    }
  }

  private Object remains(
      ObjectNode whole, ObjectCodec codec, DeserializationContext context, IOException cause)
      throws IOException {
    ObjectNode readable = whole.objectNode().setAll(whole);
    readable.remove(PARTS);
    Map<String, String> faults = new TreeMap<>();
    for (String part : PARTS) {
      if (whole.has(part)) {
        try {
          read(whole.objectNode().setAll(Map.of(part, whole.get(part))), codec, context);
          readable.set(part, whole.get(part));
        } catch (JsonProcessingException e) {
          faults.put(part, words(e));
        }
      }
    }
    if (faults.isEmpty()) {
      throw cause;
    }
    CustomResource<?, ?> resource = (CustomResource<?, ?>) read(readable, codec, context);
    Unreadable.mark(resource.getMetadata(), faults);
    return resource;
  }

  private Object read(JsonNode tree, ObjectCodec codec, DeserializationContext context)
      throws IOException {
    try (JsonParser parser = new TreeTraversingParser(tree, codec)) {
      parser.nextToken();
      return _delegatee.deserialize(parser, context);
    }
  }

  /** The field's path, and what is wrong with its value. */
  private static String words(JsonProcessingException fault) {
    String place =
        fault instanceof JsonMappingException mapping
            ? mapping.getPath().stream()
                .map(
                    step ->
                        step.getFieldName() == null
                            ? "[%d]".formatted(step.getIndex())
                            : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^[.]", "")
            : "";
    String said = fault.getOriginalMessage();
    return "%s: %s"
        .formatted(
            place, said.length() <= LONGEST_FAULT ? said : said.substring(0, LONGEST_FAULT) + "…");
  }
}
