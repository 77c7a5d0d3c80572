package dev.firstday.server.route;

import dev.firstday.contract.Contract;
import dev.firstday.sdk.capture.CaptureDocument;
import dev.firstday.sdk.store.CaptureFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Reads and writes captured requests as people would, past the router. */
record CaptureShelf(CaptureFiles files) {

  /** Newest file first. */
  List<CaptureDocument> documents() {
    return files
        .since(LocalDate.EPOCH)
        .flatMap(name -> CaptureDocument.read(files.read(name, 1 << 24)).stream())
        .toList();
  }

  void write(Instant at, int number, CaptureDocument... documents) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(content)) {
      for (CaptureDocument document : documents) {
        gzip.write((Contract.write(document) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.write(at, "by-hand", number, content.toByteArray());
  }
}
