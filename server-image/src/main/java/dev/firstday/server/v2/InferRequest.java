package dev.firstday.server.v2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The body of an infer request, in either of its forms. */
public sealed interface InferRequest {
  /** What the caller called the request; null when it did not. */
  String id();

  /**
   * The protocol's own form.
   *
   * @param outputs the outputs asked for; empty: all
   * @param binaryOutputs whether outputs are binary where the output itself does not say
   */
  record Tensors(
      String id, List<Tensor> inputs, List<RequestedOutput> outputs, boolean binaryOutputs)
      implements InferRequest {
    /** Whether the caller wants that output in binary form. */
    public boolean binary(String output) {
      for (RequestedOutput requested : outputs) {
        if (requested.name().equals(output) && requested.binary() != null) {
          return requested.binary();
        }
      }
      return binaryOutputs;
    }
  }

  /** Rows as people have them: objects of column and value. */
  record Rows(String id, List<ObjectNode> rows) implements InferRequest {}

  /** An output by name; {@code binary} is null when the request does not say. */
  record RequestedOutput(String name, Boolean binary) {}
}
