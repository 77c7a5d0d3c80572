package dev.firstday.server.v2;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Reads and writes the JSON of the protocol. */
final class V2Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              new MessageParser.Factory(
                  new JsonFactoryBuilder()
                      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                      .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                      .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                      .streamReadConstraints(
                          StreamReadConstraints.builder().maxNestingDepth(100).build())))
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private V2Json() {}

  /** A message's JSON and the bytes after it. */
  record Message(JsonNode json, ByteBuffer binary) {}

  /**
   * @param jsonLength the header's value, or null
   */
  static Message read(byte[] body, String jsonLength) {
    int length = body.length;
    if (jsonLength != null) {
      length = jsonLength(jsonLength, body.length);
    }
    return new Message(parse(body, length), ByteBuffer.wrap(body, length, body.length - length));
  }

  private static int jsonLength(String header, int bodyLength) {
    try {
      int length = Integer.parseInt(header.trim());
      if (length >= 0 && length <= bodyLength) {
        return length;
      }
    } catch (NumberFormatException e) {
      throw ProtocolException.badRequest(
          Encoded.LENGTH_HEADER + ": '" + header + "' is no number of bytes");
    }
    throw ProtocolException.badRequest(
        Encoded.LENGTH_HEADER + ": " + header + ", but the body has " + bodyLength + " bytes");
  }

  private static JsonNode parse(byte[] body, int length) {
    try (JsonParser parser = MAPPER.createParser(body, 0, length)) {
      JsonNode json = new MessageTree(parser).read();
      if (json.isMissingNode()) {
        throw ProtocolException.badRequest("the body is empty; it must be JSON");
      }
      return json;
    } catch (JsonProcessingException e) {
      throw ProtocolException.badRequest(JsonFaults.words(e));
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory could not be read", e);
    }
  }

  /** Writes a value of the protocol that Jackson can map. */
  static byte[] write(Object value) {
    return write(json -> MAPPER.writeValue(json, value));
  }

  static <T> T read(byte[] body, Class<T> type) {
    try {
      return MAPPER.readValue(body, type);
    } catch (IOException e) {
      throw ProtocolException.badRequest(
          "the body is no " + type.getSimpleName() + ": " + e.getMessage());
    }
  }

  static byte[] write(Body body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = MAPPER.getFactory().createGenerator(out)) {
      body.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory could not be written", e);
    }
    return out.toByteArray();
  }

  /** Writes one JSON document. */
  interface Body {
    void writeTo(JsonGenerator json) throws IOException;
  }
}
