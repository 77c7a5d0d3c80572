package dev.firstday.sdk.store;

import dev.firstday.sdk.RunFailure;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The S3 calls that the store is made of, with every failure turned into a StoreException. */
final class S3Access implements AutoCloseable {
  /** How often a conditional write is tried whose outcome stays unknown. */
  static final int MAX_UNKNOWN_OUTCOMES = 5;

  private static final Logger LOG = LoggerFactory.getLogger(S3Access.class);
  private final StoreSettings settings;
  private final S3Clients clients;

  private S3Access(StoreSettings settings, S3Clients clients) {
    this.settings = settings;
    this.clients = clients;
  }

  static S3Access connect(StoreSettings settings, AwsCredentialsProvider credentials) {
    return new S3Access(settings, S3Clients.connect(settings, credentials));
  }

  StoreSettings settings() {
    return settings;
  }

  Optional<RemoteFile> head(String bucket, String key) {
    try {
      var head = clients.patient().headObject(r -> r.bucket(bucket).key(key));
      return Optional.of(
          remoteFile(bucket, key, head.contentLength(), head.eTag(), head.lastModified()));
    } catch (S3Exception e) {
      if (e.statusCode() == 404) {
        requireBucket(bucket);
        return Optional.empty();
      }
      throw explain(e, bucket, key);
    } catch (SdkException e) {
      throw explain(e, bucket, key);
    }
  }

  /** A missing bucket and a missing key look alike in the answer to HEAD, which has no body. */
  private void requireBucket(String bucket) {
    try {
      clients.patient().headBucket(r -> r.bucket(bucket));
    } catch (S3Exception e) {
      if (e.statusCode() == 404) {
        throw StoreErrors.bucketNotFound(settings, bucket, e);
      }
      if (e.statusCode() != 403) {
        throw explain(e, bucket, "");
      }
      // a role may read objects and yet not ask for the bucket: the key's absence stands
    } catch (SdkException e) {
      throw explain(e, bucket, "");
    }
  }

  /**
   * Gives the content to a reader, again from the start when the connection breaks.
   *
   * @throws RunFailure the reader's own, which is not S3's; or a StoreException
   */
  <T> T get(String bucket, String key, ContentReader<T> reader) {
    try {
      return clients
          .patient()
          .getObject(
              r -> r.bucket(bucket).key(key),
              ResponseTransformer.unmanaged(
                  (response, content) -> {
                    try (content) {
                      return reader.read(content, response.contentLength());
                    } catch (IOException e) {
                      throw RetryableException.create("reading " + key + " broke off", e);
                    }
                  }));
    } catch (SdkException e) {
      throw readersOwn(e).orElseGet(() -> explain(e, bucket, key));
    }
  }

  /** The SDK wraps what a reader throws. */
  private static Optional<RunFailure> readersOwn(SdkException e) {
    return Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
        .filter(RunFailure.class::isInstance)
        .map(RunFailure.class::cast)
        .findFirst();
  }

  void put(String bucket, String key, RequestBody body) {
    try {
      clients.patient().putObject(r -> r.bucket(bucket).key(key), body);
    } catch (SdkException e) {
      throw explain(e, bucket, key);
    }
  }

  /**
   * Writes unless the key is taken, again until it is known that the object is there.
   *
   * @return whether this call wrote it; false: somebody did, or an attempt of this call whose
   *     answer was lost, so read it to know
   */
  boolean create(String bucket, String key, byte[] body) {
    for (int attempt = 0; attempt < MAX_UNKNOWN_OUTCOMES; attempt++) {
      switch (putIfAbsent(bucket, key, body)) {
        case WRITTEN -> {
          return true;
        }
        case TAKEN -> {
          return false;
        }
        case UNKNOWN -> {
          if (head(bucket, key).isPresent()) {
            return false;
          }
        }
      }
    }
    throw StoreErrors.neverWritten(settings, bucket, key, MAX_UNKNOWN_OUTCOMES);
  }

  /** Writes unless the key is taken, in one single attempt. */
  Claim putIfAbsent(String bucket, String key, byte[] body) {
    try {
      clients
          .once()
          .putObject(
              r -> r.bucket(bucket).key(key).ifNoneMatch("*").contentType("application/json"),
              RequestBody.fromBytes(body));
      return Claim.WRITTEN;
    } catch (S3Exception e) {
      if (e.statusCode() == 501) {
        throw StoreErrors.conditionalWritesUnsupported(settings, bucket);
      }
      Claim claim = StoreErrors.claim(e).orElseThrow(() -> explain(e, bucket, key));
      if (claim == Claim.UNKNOWN) {
        LOG.warn("nobody knows whether it was written: {}", explain(e, bucket, key).getMessage());
      }
      return claim;
    } catch (SdkException e) {
      StoreException failure = explain(e, bucket, key);
      if (failure.why() == StoreException.Reason.S3_UNREACHABLE) {
        LOG.warn("nobody knows whether it was written: {}", failure.getMessage());
        return Claim.UNKNOWN;
      }
      throw failure;
    }
  }

  /** Deletes a key, which need not be there. */
  void delete(String bucket, String key) {
    try {
      clients.patient().deleteObject(r -> r.bucket(bucket).key(key));
    } catch (SdkException e) {
      throw explain(e, bucket, key);
    }
  }

  /** Deletes a key in one single attempt; false: nobody knows whether it did. */
  boolean tryDelete(String bucket, String key) {
    try {
      clients.once().deleteObject(r -> r.bucket(bucket).key(key));
      return true;
    } catch (SdkException e) {
      StoreException failure = explain(e, bucket, key);
      if (failure.why() == StoreException.Reason.S3_UNREACHABLE) {
        return false;
      }
      throw failure;
    }
  }

  /** What stands between the prefix and the next slash of all keys that begin with it. */
  List<String> folders(String bucket, String prefix) {
    try {
      return clients
          .patient()
          .listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix).delimiter("/"))
          .commonPrefixes()
          .stream()
          .map(p -> p.prefix().substring(prefix.length(), p.prefix().length() - 1))
          .toList();
    } catch (SdkException e) {
      throw explain(e, bucket, prefix);
    }
  }

  /** All keys that begin with the prefix, in S3's order. */
  List<RemoteFile> list(String bucket, String prefix) {
    try {
      return clients
          .patient()
          .listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix))
          .contents()
          .stream()
          .map(o -> remoteFile(bucket, o.key(), o.size(), o.eTag(), o.lastModified()))
          .toList();
    } catch (SdkException e) {
      throw explain(e, bucket, prefix);
    }
  }

  private static RemoteFile remoteFile(
      String bucket, String key, long bytes, String etag, Instant lastModified) {
    return new RemoteFile("s3://" + bucket + "/" + key, bucket, key, bytes, etag, lastModified);
  }

  private StoreException explain(SdkException e, String bucket, String key) {
    return StoreErrors.explain(e, settings, bucket, key);
  }

  @Override
  public void close() {
    clients.close();
  }

  /** What is known of a conditional write after its one attempt. */
  enum Claim {
    WRITTEN,
    TAKEN,
    UNKNOWN
  }

  /** Reads an object's content. */
  interface ContentReader<T> {
    T read(InputStream content, long bytes) throws IOException;
  }
}
