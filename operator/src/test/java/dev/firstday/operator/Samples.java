package dev.firstday.operator;

import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;

/** Resources that are as small as they may be. */
public final class Samples {
  private Samples() {}

  public static Dataset dataset(String namespace, String name) {
    Dataset dataset = new Dataset();
    dataset.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    dataset.setSpec(
        new DatasetSpec(
            new DatasetSpec.Source(List.of(new DatasetSpec.Files("rows", "rows.csv", null, null))),
            "SELECT x, y FROM rows",
            List.of(
                new DatasetSpec.Column("x", DatasetSpec.Type.DOUBLE, null, null),
                new DatasetSpec.Column(
                    "y", DatasetSpec.Type.BOOLEAN, DatasetSpec.Role.LABEL, null)),
            new DatasetSpec.Split(new DatasetSpec.HashSplit(List.of("x"), null, 20), null),
            null,
            null,
            null));
    return dataset;
  }
}
