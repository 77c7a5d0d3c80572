package dev.firstday.cli.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/**
 * A column of {@code kubectl get}.
 *
 * @param type {@code string}, {@code integer}, {@code number}, {@code boolean} or {@code date}
 * @param priority above 0: only with {@code -o wide}
 * @param cell what an object shows in it
 */
record Column(String name, String type, int priority, Function<JsonNode, JsonNode> cell) {}
