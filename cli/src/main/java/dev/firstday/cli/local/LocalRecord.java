package dev.firstday.cli.local;

import dev.firstday.contract.Contract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;

/**
 * Who runs, or last ran, the cluster of a folder, and where its servers are. They come up under the
 * same addresses again: pods and kubeconfigs have been told of them.
 *
 * @param pid the process
 * @param processStartedAt tells the process from a later one with the same pid
 * @param apiPort TCP port of the API server on 127.0.0.1
 */
public record LocalRecord(
    long pid, Instant processStartedAt, int apiPort, ObjectStorage.Access storage) {

  /** The process that runs the cluster, if one does. */
  public Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> process.info().startInstant().equals(Optional.of(processStartedAt)));
  }

  /** What the folder tells, if there has been a cluster in it. */
  public static Optional<LocalRecord> read(LocalFolder folder) throws IOException {
    return Files.exists(folder.record())
        ? Optional.of(Contract.read(Files.readString(folder.record()), LocalRecord.class))
        : Optional.empty();
  }

  static LocalRecord ofThisProcess(int apiPort, ObjectStorage.Access storage) {
    ProcessHandle self = ProcessHandle.current();
    return new LocalRecord(
        self.pid(), self.info().startInstant().orElse(Instant.EPOCH), apiPort, storage);
  }

  /** Readable for its owner only: it holds the key of the local S3. */
  void write(LocalFolder folder) throws IOException {
    Path draft =
        Files.createTempFile(
            folder.root(),
            "cluster",
            ".tmp",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, Contract.write(this));
    Files.move(
        draft,
        folder.record(),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }
}
