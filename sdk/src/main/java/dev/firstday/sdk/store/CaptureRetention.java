package dev.firstday.sdk.store;

import java.time.LocalDate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes captured requests that are older than they were to become, of all deployments that a
 * namespace has or had. Routers do that for their own; who captures no more, or is gone, has none.
 */
public final class CaptureRetention {
  private static final Logger LOG = LoggerFactory.getLogger(CaptureRetention.class);

  private final S3Access access;
  private final String root;

  CaptureRetention(S3Access access, String root) {
    this.access = access;
    this.root = root;
  }

  /**
   * One deployment whose files cannot be judged does not keep the others' from being deleted.
   *
   * @param today of UTC
   * @return how many files there were
   * @throws StoreException when S3 does not answer
   */
  public long deleteOld(LocalDate today) {
    long deleted = 0;
    for (String deployment : access.folders(access.settings().bucket(), root + "captures/")) {
      try {
        deleted += new CaptureFiles(access, root, deployment).deleteOld(today);
      } catch (StoreException e) {
        if (!e.why().isAboutOneObject()) {
          throw e;
        }
        LOG.warn("captured requests to {} stay: {}", deployment, e.getMessage());
      }
    }
    return deleted;
  }
}
