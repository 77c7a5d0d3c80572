package dev.firstday.server.v2;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A tensor of a request in the form of the binary tensor extension; whether the elements fit the
 * rest is for the reader to see.
 */
public record BinaryTensor(String name, String datatype, List<Long> shape, ByteBuffer elements) {}
