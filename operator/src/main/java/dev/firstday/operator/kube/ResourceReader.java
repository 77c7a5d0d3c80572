package dev.firstday.operator.kube;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads custom resources so that what one of them says hides no other of a list: of one that cannot
 * be read it leaves out the spec, the status or both, and {@linkplain Unreadable says so}.
 */
final class ResourceReader extends DelegatingDeserializer {
  private static final long serialVersionUID = 1L;
  private static final Set<String> PARTS = Set.of("spec", "status");
  private static final int LONGEST_FAULT = 300;

  /** Where a reading notes what was wrong with the parts of the resource that it is about. */
  private static final Object FAULTS = new Object();

  private ResourceReader(JsonDeserializer<?> delegate) {
    super(delegate);
  }

  /** Has all custom resources read so. */
  static final class Modifier extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public BeanDeserializerBuilder updateBuilder(
        DeserializationConfig config, BeanDescription bean, BeanDeserializerBuilder builder) {
      if (isCustomResource(bean)) {
        for (String part : PARTS) {
          builder.addOrReplaceProperty(
              builder
                  .findProperty(PropertyName.construct(part))
                  .withValueDeserializer(new PartReader(part, null)),
              true);
        }
      }
      return builder;
    }

    @Override
    public JsonDeserializer<?> modifyDeserializer(
        DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> usual) {
      return isCustomResource(bean) ? new ResourceReader(usual) : usual;
    }

    private static boolean isCustomResource(BeanDescription bean) {
      return CustomResource.class.isAssignableFrom(bean.getBeanClass());
    }
  }

  @Override
  protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
    return new ResourceReader(delegate);
  }

  @Override
  public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    Object resource = _delegatee.deserialize(parser, context);
    if (context.getAttribute(FAULTS) instanceof Faults faults) {
      context.setAttribute(FAULTS, null);
      Unreadable.mark(((CustomResource<?, ?>) resource).getMetadata(), faults.byPart());
    }
    return resource;
  }

  /** Why parts of a resource could not be read. */
  private record Faults(Map<String, String> byPart) {
    static Faults of(DeserializationContext context) {
      if (context.getAttribute(FAULTS) instanceof Faults there) {
        return there;
      }
      Faults none = new Faults(new TreeMap<>());
      context.setAttribute(FAULTS, none);
      return none;
    }
  }

  /** Reads a part of a resource, or leaves it out and goes on behind it. */
  private static final class PartReader extends JsonDeserializer<Object>
      implements ContextualDeserializer {
    private final String part;
    private final transient JsonDeserializer<Object> usual;

    PartReader(String part, JsonDeserializer<Object> usual) {
      this.part = part;
      this.usual = usual;
    }

    @Override
    public JsonDeserializer<?> createContextual(
        DeserializationContext context, BeanProperty property) throws JsonMappingException {
      return new PartReader(
          part, context.findContextualValueDeserializer(property.getType(), property));
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      JsonStreamContext resource =
          parser.currentToken().isStructStart()
              ? parser.getParsingContext().getParent()
              : parser.getParsingContext();
      try {
        return usual.deserialize(parser, context);
      } catch (JsonProcessingException e) {
        while (parser.getParsingContext() != resource) {
          if (parser.nextToken() == null) {
            throw e;
          }
        }
        Faults.of(context).byPart().put(part, part + words(e));
        return null;
      }
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
            : "";
    String said = fault.getOriginalMessage();
    return "%s: %s"
        .formatted(
            place, said.length() <= LONGEST_FAULT ? said : said.substring(0, LONGEST_FAULT) + "…");
  }
}
