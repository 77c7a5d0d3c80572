package dev.firstday.cli.demo;

import dev.firstday.sdk.store.Store;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Where a demo takes place: on this machine or on a cluster. */
interface Place extends AutoCloseable {

  KubernetesClient client();

  String namespace();

  /** The namespace's files and versions. */
  Store store();

  /** An address at which this process reaches the first port of a Service. */
  URI reach(Service service);

  /** Where the logs of a namespace's pods are found, in words. */
  String whereLogsAre();

  /** What a person needs to go on with. */
  List<String> howToGoOn(ServedModel served);

  @Override
  void close() throws IOException;

  /**
   * A model that answers.
   *
   * @param request the body of a request that it answers
   */
  record ServedModel(String model, URI endpoint, String request) {}
}
