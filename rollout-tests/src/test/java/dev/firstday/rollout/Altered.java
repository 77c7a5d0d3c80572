package dev.firstday.rollout;

import dev.firstday.server.route.SimulatedVersion;
import dev.firstday.server.v2.ModelMetadata;
import java.util.List;

/** Another version, but for what it answers. */
interface Altered extends SimulatedVersion {
  /** The one that it is but for that. */
  SimulatedVersion version();

  @Override
  default ModelMetadata metadata() {
    return version().metadata();
  }

  @Override
  default List<byte[]> golden() {
    return version().golden();
  }
}
