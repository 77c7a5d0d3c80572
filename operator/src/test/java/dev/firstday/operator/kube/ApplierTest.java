package dev.firstday.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API server may answer when it is busy, strict or ahead of our caches. */
class ApplierTest {
  private static final String JOBS = "/apis/batch/v1/namespaces/ns/jobs";
  private static final Owner OWNER =
      new Owner("firstday.dev/v1alpha1", "Dataset", "ns", "flights", "uid-1");
  private static final Job JOB = job(OWNER);

  private KubernetesMockServer server;
  private KubernetesClient client;
  private Applier applier;

  @BeforeEach
  void start() {
    server = new KubernetesMockServer(false);
    server.init();
    client = server.createClient();
    client.getConfiguration().setRequestRetryBackoffLimit(0);
    applier = new Applier(client);
  }

  @AfterEach
  void stop() {
    client.close();
    server.destroy();
  }

  @Test
  void whatIsMadeIsThere() {
    server.expect().post().withPath(JOBS).andReturn(201, JOB).once();
    assertThat(applier.create(JOB, OWNER)).isEmpty();
  }

  @Test
  void whatAnEarlierPassMadeIsAdopted() {
    server.expect().post().withPath(JOBS).andReturn(409, status(409, "already exists")).once();
    server.expect().get().withPath(JOBS + "/flights-1").andReturn(200, JOB).once();
    assertThat(applier.create(JOB, OWNER)).isEmpty();
  }

  @Test
  void whatANamesakeOwnsIsNotAdopted() {
    Job foreign = job(new Owner("firstday.dev/v1alpha1", "Dataset", "ns", "flights", "uid-2"));
    server.expect().post().withPath(JOBS).andReturn(409, status(409, "already exists")).once();
    server.expect().get().withPath(JOBS + "/flights-1").andReturn(200, foreign).once();
    assertThat(applier.create(JOB, OWNER))
        .map(Rejection::why)
        .isEqualTo(Optional.of(Rejection.Why.NAME_TAKEN));
  }

  @ParameterizedTest
  @CsvSource({"400,INVALID", "422,INVALID", "403,FORBIDDEN"})
  void aRefusalIsAnAnswer(int code, Rejection.Why why) {
    server.expect().post().withPath(JOBS).andReturn(code, status(code, "exceeded quota")).once();
    assertThat(applier.create(JOB, OWNER)).contains(new Rejection(why, "exceeded quota"));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void aServerInTroubleIsNoAnswer(int code) {
    server.expect().post().withPath(JOBS).andReturn(code, status(code, "busy")).once();
    assertThatThrownBy(() -> applier.create(JOB, OWNER))
        .isInstanceOf(KubernetesClientException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 409})
  void whatIsGoneOrAnothersIsNotDeleted(int code) {
    server
        .expect()
        .delete()
        .withPath(JOBS + "/flights-1")
        .andReturn(code, status(code, "uid"))
        .once();
    assertThatCode(() -> applier.delete(JOB)).doesNotThrowAnyException();
  }

  @Test
  void aDeletionNamesTheVeryObject() throws InterruptedException {
    server.expect().delete().withPath(JOBS + "/flights-1").andReturn(200, JOB).once();
    applier.delete(JOB);
    assertThat(server.takeRequest().getBody().readUtf8()).contains("\"uid\":\"job-uid\"");
  }

  @Test
  void anEventThatCannotBeWrittenHoldsUpNothing() {
    server
        .expect()
        .post()
        .withPath("/api/v1/namespaces/ns/events")
        .andReturn(403, status(403, "no"))
        .once();
    assertThatCode(
            () ->
                new EventEmitter(client)
                    .emit(JOB, List.of(EventDraft.normal("Why", "where")), Instant.EPOCH))
        .doesNotThrowAnyException();
  }

  private static Object status(int code, String message) {
    return new StatusBuilder().withCode(code).withMessage(message).build();
  }

  private static Job job(Owner owner) {
    return new JobBuilder()
        .withNewMetadata()
        .withNamespace("ns")
        .withName("flights-1")
        .withUid("job-uid")
        .withOwnerReferences(owner.reference())
        .endMetadata()
        .build();
  }
}
