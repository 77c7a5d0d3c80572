package dev.firstday.server.v2;

import java.util.List;

/** The elements of a tensor, row-major. */
public sealed interface Values {
  int size();

  /** BOOL. */
  record Booleans(boolean[] elements) implements Values {
    @Override
    public int size() {
      return elements.length;
    }
  }

  /** All integers; UINT64 beyond {@link Long#MAX_VALUE} has the sign bit set. */
  record Integers(long[] elements) implements Values {
    @Override
    public int size() {
      return elements.length;
    }
  }

  /** FP16, FP32 and FP64. */
  record Floats(double[] elements) implements Values {
    @Override
    public int size() {
      return elements.length;
    }
  }

  /** BYTES, which are UTF-8 here. */
  record Texts(List<String> elements) implements Values {
    @Override
    public int size() {
      return elements.size();
    }
  }
}
