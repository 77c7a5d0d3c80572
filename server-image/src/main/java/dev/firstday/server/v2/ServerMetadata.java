package dev.firstday.server.v2;

import java.util.List;

/** What answers here. */
public record ServerMetadata(String name, String version, List<String> extensions) {
  /** The extension that both servers speak. */
  public static final String BINARY_TENSORS = "binary_tensor_data";
}
