package dev.firstday.server.v2;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;
import java.io.IOException;
import java.util.Optional;

/** Jackson's parser of UTF-8, which can also pass an array of numbers at once. */
final class MessageParser extends UTF8StreamJsonParser {
  private static final int BOM_BYTES = 4;

  private MessageParser(
      IOContext context,
      int features,
      ObjectCodec codec,
      ByteQuadsCanonicalizer names,
      byte[] json,
      int from,
      int to) {
    super(context, features, null, codec, names, json, from, to, 0, false);
  }

  /** Makes these parsers; of text in another encoding, Jackson's own. */
  static final class Factory extends JsonFactory {
    Factory(JsonFactoryBuilder builder) {
      super(builder);
    }

    @Override
    protected JsonParser _createParser(byte[] json, int from, int length, IOContext context)
        throws IOException {
      return isUtf8(json, from, length)
          ? new MessageParser(
              context,
              _parserFeatures,
              _objectCodec,
              _byteSymbolCanonicalizer.makeChild(_factoryFeatures),
              json,
              from,
              from + length)
          : super._createParser(json, from, length, context);
    }

    /** JSON begins with ASCII; a zero or a byte order mark tells other encodings. */
    private static boolean isUtf8(byte[] json, int from, int length) {
      for (int i = from; i < from + Math.min(length, BOM_BYTES); i++) {
        if (json[i] <= 0) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Called at the token that opens an array. When the array holds numbers alone, its end is the
   * next token; when it does not, nothing has happened.
   */
  Optional<Numbers> numbers() {
    if (currentToken() != JsonToken.START_ARRAY) {
      throw new IllegalStateException("no array begins here, but " + currentToken());
    }
    NumberScanner scanner = new NumberScanner(_inputBuffer, _inputPtr, _inputEnd);
    Optional<Numbers> numbers = scanner.scan();
    if (numbers.isPresent()) {
      // so that errors further down name their line
      _currInputRow += scanner.lines();
      _currInputRowStart = scanner.lines() > 0 ? scanner.lineStart() : _currInputRowStart;
      _inputPtr = scanner.place();
    }
    return numbers;
  }
}
