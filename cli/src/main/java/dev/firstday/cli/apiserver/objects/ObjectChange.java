package dev.firstday.cli.apiserver.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a caller wants an object to become. */
@FunctionalInterface
public interface ObjectChange {

  /**
   * Called again when another write came in between.
   *
   * @param live a copy of the object as it is, in the caller's version; empty when it is not there
   *     yet and may be created
   */
  ObjectNode from(ObjectNode live);
}
