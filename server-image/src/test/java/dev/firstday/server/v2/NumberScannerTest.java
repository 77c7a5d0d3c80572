package dev.firstday.server.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberScannerTest {
  private static Optional<Numbers> scan(String array) {
    byte[] json = array.getBytes(StandardCharsets.UTF_8);
    NumberScanner scanner = new NumberScanner(json, 1, json.length);
    Optional<Numbers> numbers = scanner.scan();
    numbers.ifPresent(some -> assertThat(json[scanner.place()]).isEqualTo((byte) ']'));
    return numbers;
  }

  @Test
  void everyNumberIsTheOneThatJavaReads() {
    Random random = new Random(5);
    List<String> texts = new ArrayList<>(List.of("0", "-0", "-0.0", "0.1", "1e-5", "-1.5E+300"));
    for (int i = 0; i < 20_000; i++) {
      double number = random.nextGaussian() * Math.pow(10, random.nextInt(-12, 12));
      texts.add(Double.toString(number));
      texts.add(Float.toString((float) number));
      texts.add(String.format(Locale.ROOT, "%." + random.nextInt(1, 20) + "f", number));
    }
    double[] read = scan("[" + String.join(" ,\n", texts) + "]").orElseThrow().elements();

    assertThat(read).hasSize(texts.size());
    for (int i = 0; i < read.length; i++) {
      assertThat(read[i]).as(texts.get(i)).isEqualTo(Double.parseDouble(texts.get(i)));
    }
  }

  @Test
  void whatIsWrittenWithoutFractionIsWhole() {
    assertThat(scan("[1,1.0,-3,1e2]").orElseThrow().nodes()).hasToString("[1,1.0,-3,100.0]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[01]",
        "[-]",
        "[1.]",
        "[.5]",
        "[+1]",
        "[1e]",
        "[1e+]",
        "[0x1]",
        "[NaN]",
        "[1,null]",
        "[1,\"2\"]",
        "[[1]]",
        "[1",
        "[1,",
        "[1234567890]",
        "[--1]"
      })
  void whateverElseThereIsIsLeftToTheParser(String array) {
    assertThat(scan(array)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INT32 | 1,2.5,3      | inputs[0] 'x'.data[1]: 2.5 is not an integer in the range of INT32",
        "INT8  | 1,2,300      | inputs[0] 'x'.data[2]: 300 is not an integer in the range of INT8",
        "BOOL  | 1,0,1        | inputs[0] 'x'.data[0]: 1 is not true or false, as BOOL needs",
        "FP32  | 1,1e39,3     | inputs[0] 'x'.data[1]: 1.0E39 is not a number in the range of FP32",
        "FP32  | 1,\"a\",3    | inputs[0] 'x'.data[1]: \"a\" is not a number in the range of FP32",
        "FP32  | 1,2          | inputs[0] 'x': shape [3] needs 3 values, data has 2",
        "FP32  | 1,2,03       | the body is not JSON at line 2"
      })
  void messagesAreTheSameAsWithoutIt(String datatype, String data, String message) {
    String request =
        "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"%s\",\n\"shape\":[3],\"data\":[%s]}]}"
            .formatted(datatype, data);

    assertThatThrownBy(() -> V2.readRequest(request.getBytes(StandardCharsets.UTF_8), null))
        .isInstanceOf(ProtocolException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void wholeNumbersAreIntegersAndLinesAreCounted() {
    String request =
        """
        {"inputs":[{"name":"x","datatype":"INT64","shape":[3],"data":[1,
        2,
        3]}], "id": nonsense}""";

    assertThatThrownBy(() -> V2.readRequest(request.getBytes(StandardCharsets.UTF_8), null))
        .hasMessageStartingWith("the body is not JSON at line 3");
    InferRequest read =
        V2.readRequest(request.replace("nonsense", "\"a\"").getBytes(StandardCharsets.UTF_8), null);
    assertThat(((InferRequest.Tensors) read).inputs().get(0).element(2)).isEqualTo(3L);
  }

  @Test
  void otherEncodingsAreReadAsBefore() {
    String request =
        "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP64\",\"shape\":[2],\"data\":[1,2]}]}";

    InferRequest read = V2.readRequest(request.getBytes(StandardCharsets.UTF_16), null);

    assertThat(((InferRequest.Tensors) read).inputs().get(0).element(1)).isEqualTo(2.0);
  }
}
