package dev.firstday.cli.captures;

import dev.firstday.sdk.capture.CaptureDocument;
import dev.firstday.sdk.store.CaptureFiles;
import dev.firstday.sdk.store.StoreException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The requests to one Deployment that S3 has, read a file at a time, newest file first.
 *
 * @param first the day on which reading ends
 * @param passedOver told of files that cannot be read, which the others are shown without
 */
record Shelf(CaptureFiles files, LocalDate first, Consumer<String> passedOver) {

  /**
   * The newest that are wanted, newest first. Of several routers' files, which overlap by seconds,
   * more may be read than one router's newest.
   */
  List<CaptureDocument> newest(int limit, Predicate<CaptureDocument> wanted) {
    List<CaptureDocument> found = new ArrayList<>();
    Iterator<String> names = files.since(first).iterator();
    while (found.size() < limit && names.hasNext()) {
      read(names.next()).stream().filter(wanted).forEach(found::add);
    }
    return found.stream()
        .sorted(Comparator.comparing(Shelf::time).reversed())
        .limit(limit)
        .toList();
  }

  /** The newest with that id: callers may send one id several times. */
  Optional<CaptureDocument> find(String id) {
    return newest(1, document -> id.equals(document.id())).stream().findFirst();
  }

  private List<CaptureDocument> read(String name) {
    try {
      List<CaptureDocument> documents =
          new ArrayList<>(CaptureDocument.read(files.read(name, CaptureDocument.MAX_FILE_BYTES)));
      Collections.reverse(documents);
      return documents;
    } catch (IllegalArgumentException e) {
      passedOver.accept("%s is passed over: %s".formatted(name, e.getMessage()));
      return List.of();
    } catch (StoreException e) {
      if (!e.why().isAboutOneObject()) {
        throw e;
      }
      passedOver.accept("%s is passed over: %s".formatted(name, e.getMessage()));
      return List.of();
    }
  }

  private static Instant time(CaptureDocument document) {
    return document.time() == null ? Instant.EPOCH : document.time();
  }
}
