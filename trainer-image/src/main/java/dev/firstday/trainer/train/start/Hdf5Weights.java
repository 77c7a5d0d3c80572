package dev.firstday.trainer.train.start;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Arrays of an HDF5 file. */
final class Hdf5Weights {
  private final HdfFile file;

  Hdf5Weights(HdfFile file) {
    this.file = file;
  }

  /** An array that is read when its dimensions are known: they bound what it takes. */
  interface Weights extends Function<int[], float[]> {}

  /** The array at a path. */
  Weights at(List<String> path) {
    return dimensions -> read(String.join("/", path), node(path), dimensions);
  }

  /** The first array below a group whose name begins so: Keras puts the layer's name in between. */
  Weights below(List<String> group, String name) {
    return dimensions -> read(String.join("/", group), first(node(group), name), dimensions);
  }

  /**
   * The first such array of a layer within the layer.
   *
   * @param part how the name of the layer within begins
   */
  Weights below(List<String> group, String part, String name) {
    String layer = group.get(group.size() - 1);
    return dimensions ->
        read(String.join("/", group), first(part(node(group), "", layer, part), name), dimensions);
  }

  /**
   * The group that begins so in one named as the layer; the network between them may have any name.
   */
  private static Node part(Node node, String parent, String layer, String part) {
    if (!(node instanceof Group group)) {
      return null;
    }
    for (String each : group.getChildren().keySet()) {
      Node child = child(group, each);
      Node found =
          parent.equals(layer) && each.startsWith(part) ? child : part(child, each, layer, part);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private Node node(List<String> path) {
    Node node = file;
    for (String name : path) {
      node = node instanceof Group group ? child(group, name) : null;
    }
    return node;
  }

  /** A link may lead into another file. */
  private static Node child(Group group, String name) {
    Node child = group.getChildren().get(name);
    if (child != null && child.isLink()) {
      throw StartingPoint.failure(
          "NetworkUnsafe", "'%s' is a link; save the model anew".formatted(child.getPath()), null);
    }
    return child;
  }

  private static Node first(Node node, String name) {
    if (!(node instanceof Group group)) {
      return null;
    }
    for (String each : group.getChildren().keySet()) {
      Node child = child(group, each);
      Node found =
          child instanceof Dataset ? (each.startsWith(name) ? child : null) : first(child, name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static float[] read(String path, Node node, int[] dimensions) {
    if (!(node instanceof Dataset dataset)) {
      throw StartingPoint.failure("NetworkDamaged", "there are no weights at " + path, null);
    }
    if (!Arrays.equals(dataset.getDimensions(), dimensions)
        || dataset.getJavaType() != float.class
        || !dataset.getFilters().isEmpty()) {
      throw StartingPoint.failure(
          "NetworkDamaged",
          "the weights at %s are %s %s%s, and must be float %s, not compressed"
              .formatted(
                  dataset.getPath(),
                  dataset.getJavaType(),
                  Arrays.toString(dataset.getDimensions()),
                  dataset.getFilters().isEmpty() ? "" : " compressed",
                  Arrays.toString(dimensions)),
          null);
    }
    return (float[]) dataset.getDataFlat();
  }
}
