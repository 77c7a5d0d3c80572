package dev.firstday.sdk.store;

import dev.firstday.sdk.store.StoreException.Reason;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What an answer of S3, or its absence, means. */
final class StoreErrors {
  private static final Set<String> DENIED =
      Set.of(
          "AccessDenied",
          "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "ExpiredToken",
          "InvalidToken",
          "AuthorizationHeaderMalformed");

  private StoreErrors() {}

  static StoreException explain(
      SdkException failure, StoreSettings settings, String bucket, String key) {
    String place = "s3://" + bucket + "/" + key + " at " + settings.endpointName();
    if (failure instanceof S3Exception answer) {
      return explainAnswer(answer, settings, bucket, place);
    }
    if (String.valueOf(failure.getMessage()).contains("Unable to load credentials")) {
      return new StoreException(
          Reason.S3_CREDENTIALS_MISSING,
          "no credentials for "
              + place
              + ": create the Secret that the chart's value storage.secretName names, or give the"
              + " pod's service account a role",
          failure);
    }
    return new StoreException(
        Reason.S3_UNREACHABLE,
        place
            + " cannot be reached ("
            + rootMessage(failure)
            + "): is the endpoint right (chart's value storage.endpoint), and is S3 up?",
        failure);
  }

  private static StoreException explainAnswer(
      S3Exception answer, StoreSettings settings, String bucket, String place) {
    String code = errorCode(answer);
    String said = answer.statusCode() + (code.isEmpty() ? "" : " " + code);
    if (code.equals("NoSuchBucket")) {
      return bucketNotFound(settings, bucket, answer);
    }
    if (DENIED.contains(code) || answer.statusCode() == 401 || answer.statusCode() == 403) {
      return new StoreException(
          Reason.S3_ACCESS_DENIED,
          "S3 refuses access to "
              + place
              + " ("
              + said
              + "): check the keys in the Secret, the region, and what the user or role may do",
          answer);
    }
    if (code.equals("NoSuchKey") || answer.statusCode() == 404) {
      return new StoreException(
          Reason.OBJECT_NOT_FOUND,
          place + " does not exist: was it deleted, or never uploaded?",
          answer);
    }
    if (answer.statusCode() >= 500 || answer.statusCode() == 429) {
      return new StoreException(
          Reason.S3_UNREACHABLE,
          place + " is not served at the moment (" + said + "): is S3 healthy?",
          answer);
    }
    return new StoreException(
        Reason.S3_ERROR, "S3 answers " + said + " for " + place + ": look into its log", answer);
  }

  static StoreException bucketNotFound(StoreSettings settings, String bucket, Throwable cause) {
    return new StoreException(
        Reason.BUCKET_NOT_FOUND,
        "there is no bucket '"
            + bucket
            + "' at "
            + settings.endpointName()
            + ": create it, or correct the chart's value storage.bucket",
        cause);
  }

  static StoreException conditionalWritesUnsupported(StoreSettings settings, String bucket) {
    return new StoreException(
        Reason.CONDITIONAL_WRITES_UNSUPPORTED,
        settings.endpointName()
            + " does not honour If-None-Match, so two runs could take the same version number in"
            + " bucket '"
            + bucket
            + "': use a store that does (AWS S3, MinIO, Ceph, SeaweedFS, S3Proxy)");
  }

  /** Every attempt ended without an answer that tells what became of it. */
  static StoreException neverWritten(
      StoreSettings settings, String bucket, String key, int attempts) {
    return new StoreException(
        Reason.S3_UNREACHABLE,
        "s3://%s/%s at %s could not be written in %d attempts: is S3 healthy?"
            .formatted(bucket, key, settings.endpointName(), attempts));
  }

  /**
   * What a conditional write's refusal tells. Servers differ in the status they send with a failed
   * precondition, so the error code counts first.
   */
  static Optional<S3Access.Claim> claim(S3Exception answer) {
    String code = errorCode(answer);
    if (code.equals("PreconditionFailed") || answer.statusCode() == 412) {
      return Optional.of(S3Access.Claim.TAKEN);
    }
    if (code.equals("ConditionalRequestConflict")
        || answer.statusCode() == 409
        || answer.statusCode() >= 500) {
      return Optional.of(S3Access.Claim.UNKNOWN);
    }
    return Optional.empty();
  }

  private static String errorCode(S3Exception answer) {
    if (answer.awsErrorDetails() == null || answer.awsErrorDetails().errorCode() == null) {
      return "";
    }
    return answer.awsErrorDetails().errorCode();
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
