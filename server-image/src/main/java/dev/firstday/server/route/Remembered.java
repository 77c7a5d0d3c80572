package dev.firstday.server.route;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The labels that two versions gave to the newest requests, by request id, until the truth comes;
 * threads may share it. When there is no room, the oldest is forgotten.
 *
 * <p>Held as bytes, in places that are used again. As objects, which live for some seconds of a
 * busy router, each would be copied by a dozen collections, while all callers wait.
 */
final class Remembered {
  /** Of a place, beside what it holds. */
  private static final int PLACE_BYTES = 64;

  private final long maxBytes;

  /** Taken in turn, and gone through to find a request: one truth comes for many requests. */
  private final Place[] places;

  private long oldest;
  private long end;
  private long bytes;

  Remembered(int maxRequests, long maxBytes) {
    this.maxBytes = maxBytes;
    this.places = new Place[maxRequests];
    Arrays.setAll(places, i -> new Place());
  }

  int maxRequests() {
    return places.length;
  }

  /**
   * A later request with the same id takes the place of the earlier one.
   *
   * @param counts whether its truth is to count
   */
  synchronized void add(String id, LabelPair pair, boolean counts) {
    add(id, LabelBytes.write(id, pair), counts, false);
  }

  /** Requests. */
  synchronized int size() {
    return (int) (end - oldest);
  }

  /** All of it, for another router; a request each, the oldest first. */
  synchronized void write(DataOutputStream out) throws IOException {
    out.writeInt(size());
    for (long turn = oldest; turn < end; turn++) {
      at(turn).write(out);
    }
  }

  /**
   * Remembers what another router did, too.
   *
   * @param in what {@link #write} has written
   */
  synchronized void read(DataInputStream in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      boolean counts = in.readBoolean();
      boolean used = in.readBoolean();
      int length = in.readInt();
      byte[] held = in.readNBytes(length);
      if (held.length < length) {
        throw new EOFException("%d bytes of a request are missing".formatted(length - held.length));
      }
      add(LabelBytes.readId(held), held, counts, used);
    }
  }

  private void add(String id, byte[] held, boolean counts, boolean used) {
    if (end - oldest == places.length) {
      oldest++;
    }
    Place place = at(end++);
    bytes -= place.bytes();
    place.hold(id, held, counts, used);
    bytes += place.bytes();
    while (bytes > maxBytes) {
      Place first = at(oldest++);
      bytes -= first.bytes();
      first.clear();
    }
  }

  synchronized Optional<LabelPair> find(String id) {
    return newest(id).map(place -> LabelBytes.readPair(place.held));
  }

  /** Whether the truth of that request is to count; false where it is not remembered. */
  synchronized boolean counts(String id) {
    return newest(id).filter(place -> place.counts).isPresent();
  }

  private Optional<Place> newest(String id) {
    for (long turn = end - 1; turn >= oldest; turn--) {
      if (at(turn).isOf(id)) {
        return Optional.of(at(turn));
      }
    }
    return Optional.empty();
  }

  /**
   * Marks the request as one whose truth has come.
   *
   * @return true once for each id
   */
  synchronized boolean use(String id) {
    boolean found = false;
    boolean used = false;
    for (long turn = oldest; turn < end; turn++) {
      Place place = at(turn);
      if (place.isOf(id)) {
        found = true;
        used |= place.used;
        place.used = true;
      }
    }
    return found && !used;
  }

  private Place at(long turn) {
    return places[(int) (turn % places.length)];
  }

  /** Of one request. */
  private static final class Place {
    private static final byte[] EMPTY = {};

    /** So that what is a little longer fits where something was before. */
    private static final int STEP_BYTES = 64;

    private int hash;
    private byte[] held = EMPTY;
    private boolean used;
    private boolean counts;

    void hold(String id, byte[] bytes, boolean itCounts, boolean isUsed) {
      hash = id.hashCode();
      used = isUsed;
      counts = itCounts;
      int size = (bytes.length / STEP_BYTES + 1) * STEP_BYTES;
      if (held.length != size) {
        held = new byte[size];
      }
      System.arraycopy(bytes, 0, held, 0, bytes.length);
    }

    void write(DataOutputStream out) throws IOException {
      out.writeBoolean(counts);
      out.writeBoolean(used);
      out.writeInt(held.length);
      out.write(held);
    }

    boolean isOf(String id) {
      return hash == id.hashCode() && LabelBytes.readId(held).equals(id);
    }

    void clear() {
      held = EMPTY;
    }

    long bytes() {
      return held.length == 0 ? 0 : PLACE_BYTES + held.length;
    }
  }
}
