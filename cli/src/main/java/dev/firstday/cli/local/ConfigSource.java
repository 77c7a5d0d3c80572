package dev.firstday.cli.local;

import java.util.Map;
import java.util.Optional;

/** The ConfigMaps and Secrets of one namespace, decoded. */
interface ConfigSource {
  Optional<Map<String, String>> configMap(String name);

  Optional<Map<String, String>> secret(String name);
}
