package dev.firstday.cli.apiserver.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * A request, all of it.
 *
 * @param path decoded, without the query
 */
record Call(String method, String path, MultiMap query, MultiMap headers, Buffer body) {

  String parameter(String name) {
    String value = query.get(name);
    return value == null ? "" : value;
  }

  boolean flag(String name) {
    String value = parameter(name);
    return value.equals("true") || value.equals("1");
  }

  String header(String name) {
    String value = headers.get(name);
    return value == null ? "" : value;
  }
}
