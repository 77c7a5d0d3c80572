package dev.firstday.sdk.signing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads what strangers wrote, so that no other program can have read anything else in it. */
final class StrictJson {
  private static final int MAX_NESTING = 20;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  static {
    JSON.getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build());
  }

  private StrictJson() {}

  /**
   * @param what it is, for messages
   * @throws SignatureFault when it is no JSON of that type, or has a key twice
   */
  static <T> T read(String what, byte[] json, Class<T> type) {
    try {
      T value = JSON.readValue(text(json), type);
      if (value == null) {
        throw SignatureFault.invalid("%s is null".formatted(what));
      }
      return value;
    } catch (JsonProcessingException e) {
      throw SignatureFault.invalid(
          "%s cannot be read: %s".formatted(what, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw SignatureFault.invalid("%s is no UTF-8".formatted(what), e);
    }
  }

  private static String text(byte[] json) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
  }
}
