package dev.firstday.cli.local;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lays a pod's volumes out as folders below the pod's own. */
final class Volumes {
  private final Path podFolder;
  private final ConfigSource source;

  Volumes(Path podFolder, ConfigSource source) {
    this.podFolder = podFolder;
    this.source = source;
  }

  /** Writes what the volumes hold now, and says where the container's mounts lie. */
  Mounts prepare(Pod pod, Container container) throws CannotStartException, IOException {
    Map<String, Path> folders = new HashMap<>();
    for (Volume volume : pod.getSpec().getVolumes()) {
      folders.put(volume.getName(), materialise(volume));
    }
    List<Mounts.Mount> mounts = new ArrayList<>();
    for (VolumeMount mount : container.getVolumeMounts()) {
      Path folder = folders.get(mount.getName());
      if (folder == null) {
        throw CannotStartException.configuration(
            "volumeMount " + mount.getMountPath() + ": no volume \"" + mount.getName() + "\"");
      }
      mounts.add(
          new Mounts.Mount(
              withoutEndingSlash(mount.getMountPath()),
              mount.getSubPath() == null ? folder : folder.resolve(mount.getSubPath())));
    }
    return new Mounts(mounts);
  }

  private Path materialise(Volume volume) throws CannotStartException, IOException {
    Path folder = podFolder.resolve("volumes").resolve(volume.getName());
    Files.createDirectories(folder);
    if (volume.getEmptyDir() != null) {
      return folder;
    }
    if (volume.getConfigMap() != null) {
      var map = volume.getConfigMap();
      write(
          folder,
          content(source.configMap(map.getName()), map.getOptional(), "configmap " + map.getName()),
          map.getItems());
      return folder;
    }
    if (volume.getSecret() != null) {
      var secret = volume.getSecret();
      write(
          folder,
          content(
              source.secret(secret.getSecretName()),
              secret.getOptional(),
              "secret " + secret.getSecretName()),
          secret.getItems());
      return folder;
    }
    throw CannotStartException.configuration(
        "volume " + volume.getName() + ": local mode has emptyDir, configMap and secret");
  }

  private static Map<String, String> content(
      Optional<Map<String, String>> found, Boolean optional, String what)
      throws CannotStartException {
    if (found.isEmpty() && !Boolean.TRUE.equals(optional)) {
      throw CannotStartException.configuration(what + " not found");
    }
    return found.orElse(Map.of());
  }

  private static void write(Path folder, Map<String, String> content, List<KeyToPath> items)
      throws IOException {
    for (var entry : content.entrySet()) {
      if (items == null || items.isEmpty()) {
        Files.writeString(folder.resolve(entry.getKey()), entry.getValue());
      }
      for (KeyToPath item : items == null ? List.<KeyToPath>of() : items) {
        if (item.getKey().equals(entry.getKey())) {
          Path file = folder.resolve(item.getPath());
          Files.createDirectories(file.getParent());
          Files.writeString(file, entry.getValue());
        }
      }
    }
  }

  private static String withoutEndingSlash(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
