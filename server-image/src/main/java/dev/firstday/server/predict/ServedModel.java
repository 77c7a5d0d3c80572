package dev.firstday.server.predict;

import dev.firstday.api.DatasetSpec;
import dev.firstday.sdk.artefact.LoadedModel;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.model.Task;
import dev.firstday.server.http.RequestIds;
import dev.firstday.server.v2.Datatype;
import dev.firstday.server.v2.InferRequest;
import dev.firstday.server.v2.InferResponse;
import dev.firstday.server.v2.ModelMetadata;
import dev.firstday.server.v2.ModelMetadata.Property;
import dev.firstday.server.v2.ModelMetadata.TensorMetadata;
import dev.firstday.server.v2.ProtocolException;
import dev.firstday.server.v2.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A version that answers requests. */
final class ServedModel implements AutoCloseable {
  private static final String PLATFORM = "deeplearning4j_zip";

  private final String name;
  private final String version;
  private final LoadedModel model;
  private final RequestEncoder encoder;
  private final MicroBatcher batcher;

  /**
   * @param name what callers call the model
   * @param version its number
   * @param maxWaitingRows see {@link MicroBatcher}
   */
  ServedModel(
      String name,
      String version,
      LoadedModel model,
      int maxWaitingRows,
      PredictorMetrics metrics) {
    this.name = name;
    this.version = version;
    this.model = model;
    this.encoder = new RequestEncoder(model.features());
    this.batcher =
        new MicroBatcher(Networks.of(model), model.features().width(), maxWaitingRows, metrics);
  }

  String name() {
    return name;
  }

  String version() {
    return version;
  }

  LoadedModel loaded() {
    return model;
  }

  /** As the other, of a request that has no id but perhaps its own. */
  CompletableFuture<InferResponse> infer(InferRequest request) {
    return infer(request, RequestIds.of(null));
  }

  /**
   * @param id the answer's, where the request itself has none
   * @throws ProtocolException 400 when the request does not fit the model
   */
  CompletableFuture<InferResponse> infer(InferRequest request, String id) {
    checkOutputs(request);
    Inputs inputs = encoder.encode(request);
    return batcher.submit(inputs).thenApply(predictions -> answer(request, id, predictions));
  }

  private InferResponse answer(InferRequest request, String id, double[][] predictions) {
    ModelManifest.DatasetReference dataset = model.manifest().dataset();
    return new InferResponse(
        name,
        version,
        request.id() == null ? id : request.id(),
        Map.of(
            Property.MODEL_DIGEST,
            model.digest(),
            Property.DATASET_VERSION,
            dataset.name() + "/" + dataset.number()),
        select(request, Answers.of(model.task(), predictions)));
  }

  /** The outputs asked for, in the order of asking. */
  private static List<Tensor> select(InferRequest request, List<Tensor> all) {
    if (!(request instanceof InferRequest.Tensors tensors) || tensors.outputs().isEmpty()) {
      return all;
    }
    return tensors.outputs().stream()
        .flatMap(asked -> all.stream().filter(output -> output.name().equals(asked.name())))
        .toList();
  }

  private void checkOutputs(InferRequest request) {
    if (request instanceof InferRequest.Tensors tensors && !tensors.outputs().isEmpty()) {
      List<String> names =
          Answers.metadata(model.task()).stream().map(TensorMetadata::name).toList();
      for (InferRequest.RequestedOutput output : tensors.outputs()) {
        if (!names.contains(output.name())) {
          throw ProtocolException.badRequest(
              "output '%s' is unknown; the model gives %s"
                  .formatted(output.name(), String.join(", ", names)));
        }
      }
    }
  }

  ModelMetadata metadata() {
    Map<String, String> properties = new HashMap<>();
    ModelManifest.DatasetReference dataset = model.manifest().dataset();
    properties.put(Property.LABEL, model.task().label());
    if (model.task() instanceof Task.MultiLabel several) {
      properties.put(Property.LABELS, String.join(",", several.labels()));
    }
    properties.put(Property.MODEL_DIGEST, model.digest());
    properties.put(Property.DATASET_VERSION, dataset.name() + "/" + dataset.number());
    properties.put(
        Property.ENCODED_INPUTS,
        "%s FP32 [-1,%d]".formatted(RequestEncoder.ENCODED, model.features().width()));
    if (model.task() instanceof Task.Regression regression) {
      properties.put(Property.LABEL_MEAN, String.valueOf(regression.mean()));
      properties.put(Property.LABEL_STD, String.valueOf(regression.deviation()));
    }
    List<TensorMetadata> inputs = new ArrayList<>();
    for (var column : model.features().columns()) {
      inputs.add(new TensorMetadata(column.name(), datatype(column.type()).name(), List.of(-1)));
    }
    return new ModelMetadata(
        name, List.of(version), PLATFORM, inputs, Answers.metadata(model.task()), properties);
  }

  /** Times are texts here, as they are in JSON. */
  static Datatype datatype(DatasetSpec.Type type) {
    return switch (type) {
      case BOOLEAN -> Datatype.BOOL;
      case INTEGER, BIGINT -> Datatype.INT64;
      case DOUBLE -> Datatype.FP64;
      case VARCHAR, DATE, TIMESTAMP -> Datatype.BYTES;
    };
  }

  @Override
  public void close() {
    batcher.close();
  }
}
