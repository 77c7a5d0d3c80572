package dev.firstday.server.v2;

import java.util.List;
import java.util.Map;

/**
 * The answer to an infer request.
 *
 * @param parameters strings, numbers and booleans
 */
public record InferResponse(
    String modelName,
    String modelVersion,
    String id,
    Map<String, Object> parameters,
    List<Tensor> outputs) {}
