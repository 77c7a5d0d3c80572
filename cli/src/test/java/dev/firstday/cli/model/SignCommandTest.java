package dev.firstday.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.firstday.api.Model;
import dev.firstday.api.ModelSpec;
import dev.firstday.api.ModelStatus;
import dev.firstday.api.Signing;
import dev.firstday.api.Signing.PublicKey;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.contract.Contract;
import dev.firstday.contract.SigningKey;
import dev.firstday.sdk.signing.ModelSignature;
import dev.firstday.sdk.signing.SignatureCheck;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.MutuallyExclusiveArgsException;

/** {@code firstday model sign} and {@code download} on a store with version 3 of a model. */
class SignCommandTest {
  private static final Path KEYS = Path.of("src", "test", "resources", "signing");
  private static final Path PROGRAM = Path.of("..", "cluster-tests", "model-signing");
  private static final Path INSTALLED =
      Path.of("..", "cluster-tests", "target", "model-signing", "installed");
  private static final String NETWORK = "a network";
  private static S3Fixture s3;

  @TempDir private Path directory;
  private Store store;
  private String namespace;
  private String digest;

  @BeforeAll
  static void startS3() {
    s3 = S3Fixture.start();
  }

  @AfterAll
  static void stopS3() throws IOException {
    s3.close();
  }

  @BeforeEach
  void storeAVersion(TestInfo test) {
    namespace = test.getTestMethod().orElseThrow().getName().toLowerCase();
    store = s3.store(namespace);
    digest = putManifest(Map.of("model.zip", NETWORK, "features.json", "{}"));
  }

  @Test
  void signsWithAPrivateKey() throws Exception {
    SigningKey key = KeyFiles.publicKey(KEYS.resolve("sec1.pub"));

    assertThat(sign("--key", KEYS.resolve("sec1.pem")))
        .isEqualTo("version 3 of delays, %s, is signed by sec1.pem, %s", digest, key.id());
    assertThat(signer(key)).isEqualTo(key);
    assertThat(sign("--key", KEYS.resolve("pkcs8.pem"))).contains("was already signed by");
    assertThat(sign("--key", KEYS.resolve("p384.pem"))).contains("is signed by");
  }

  @Test
  void aSignatureThatIsNoneIsNotReplacedEither() throws Exception {
    SigningKey key = KeyFiles.publicKey(KEYS.resolve("sec1.pub"));
    store.signatures("delays").add(3, key.id(), "garbage".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> sign("--key", KEYS.resolve("sec1.pem")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("s3://")
        .hasMessageContaining(key.id() + ".sig is there and is none: the bundle cannot be read")
        .hasMessageEndingWith("delete that object and sign again");
  }

  @Test
  void whatIsNotThereIsNotSigned() {
    s3.lose(namespace, Contract.sha256(NETWORK.getBytes(StandardCharsets.UTF_8)));

    assertThatThrownBy(() -> sign("--key", KEYS.resolve("sec1.pem")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("model.zip of version 3, s3://")
        .hasMessageEndingWith("is gone; restore it from a backup");
    assertThatThrownBy(
            () ->
                signCommand("9", "--key", KEYS.resolve("sec1.pem").toString())
                    .stored(model(), store))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("no version 9");
  }

  @Test
  void storesWhatWasSignedElsewhere() throws Exception {
    SigningKey key = KeyFiles.publicKey(KEYS.resolve("sec1.pub"));
    KeyFiles.Pair pair = KeyFiles.pair(KEYS.resolve("sec1.pem"), null);
    Path bundle = signedElsewhere(pair);

    assertThatThrownBy(
            () ->
                signCommand(
                        "3", "--signature", bundle.toString(), "--public-key", other().toString())
                    .stored(model(), store))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("is no signature of version 3 of delays: ")
        .hasMessageContaining("it is by the key " + key.id());
    assertStored(bundle, "sec1.pub");
    assertThat(signer(key)).isEqualTo(key);
  }

  @Test
  void aKeyThatTheModelDoesNotKnowIsPrintedAsItsSpecHasIt() throws Exception {
    SigningKey key = KeyFiles.publicKey(KEYS.resolve("sec1.pub"));
    Model model = model();

    List<String> lines =
        signCommand("3", "--key", KEYS.resolve("sec1.pem").toString()).stored(model, store);

    assertThat(lines)
        .hasSize(3)
        .contains("Model delays does not know that key, which this tells it:");
    ModelSpec spec =
        new ObjectMapper(new YAMLFactory())
            .readTree(lines.get(2))
            .get("spec")
            .traverse(new ObjectMapper())
            .readValueAs(ModelSpec.class);
    assertThat(spec.signing().mode()).isEqualTo(Signing.Mode.REQUIRE);
    assertThat(spec.signing().publicKeys()).extracting(PublicKey::pem).containsExactly(key.pem());

    model.setSpec(spec);
    assertThat(signCommand("3", "--key", KEYS.resolve("sec1.pem").toString()).stored(model, store))
        .hasSize(2)
        .contains("Model delays is asked to look; firstday model show delays tells");
    List<String> another =
        signCommand("3", "--key", KEYS.resolve("p384.pem").toString()).stored(model, store);
    assertThat(another.get(2)).contains(Contract.write(key.pem()), "BEGIN PUBLIC KEY");
  }

  @Test
  void whatWasSignedElsewhereIsByAKeyThatTheModelKnows() throws Exception {
    KeyFiles.Pair pair = KeyFiles.pair(KEYS.resolve("sec1.pem"), null);
    Path bundle = signedElsewhere(pair);
    SignCommand command = signCommand("3", "--signature", bundle.toString());
    Model model = model();

    assertThatThrownBy(() -> command.stored(model, store))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("has no spec.signing.publicKeys");
    model.setSpec(trusting(new PublicKey("other", Files.readString(other()))));
    assertThatThrownBy(() -> command.stored(model, store))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("and not by other");
    model.setSpec(
        trusting(
            new PublicKey("other", Files.readString(other())),
            new PublicKey("team", pair.key().pem())));
    assertThat(command.stored(model, store).get(0)).contains("is signed by team");
    model.setSpec(trusting(new PublicKey("broken", "no key")));
    assertThatThrownBy(() -> command.stored(model, store))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("the pem of broken");
  }

  private Path signedElsewhere(KeyFiles.Pair pair) throws Exception {
    return Files.write(
        directory.resolve("model.sig"),
        ModelSignature.sign(
            StoredVersion.of(model(), 3, store).files(), pair.key(), pair.privateKey()));
  }

  private void assertStored(Path bundle, String publicKey) throws Exception {
    assertThat(
            signCommand(
                    "3",
                    "--signature",
                    bundle.toString(),
                    "--public-key",
                    KEYS.resolve(publicKey).toString())
                .stored(model(), store))
        .first()
        .asString()
        .contains("is signed by " + publicKey);
  }

  private static ModelSpec trusting(PublicKey... keys) {
    return new ModelSpec(
        null, null, null, null, null, new Signing(Signing.Mode.WARN, List.of(keys)));
  }

  /** The whole way of those whose keys only another program may use. */
  @Test
  void modelSigningSignsWhatWasDownloaded() throws Exception {
    assumeTrue(
        Files.exists(INSTALLED),
        "skipped: cluster-tests/model-signing has not been run, which installs model_signing");
    Path folder = directory.resolve("delays");
    Path bundle = directory.resolve("model.sig");
    assertThat(download(folder)).isEqualTo("version 3 of delays: 3 files in %s", folder);
    assertThat(
            modelSigning(
                "sign",
                "key",
                "--private_key",
                KEYS.resolve("sec1.pem").toString(),
                "--signature",
                bundle.toString(),
                folder.toString()))
        .isEqualTo("Signing succeeded");

    assertStored(bundle, "sec1.pub");

    sign("--key", KEYS.resolve("p384.pem"));
    SigningKey ours = KeyFiles.pair(KEYS.resolve("p384.pem"), null).key();
    Path own =
        Files.write(
            directory.resolve("own.sig"),
            store.signatures("delays").find(3, ours.id()).orElseThrow());
    Path publicKey = Files.writeString(directory.resolve("own.pub"), ours.pem());
    assertThat(
            modelSigning(
                "verify",
                "key",
                "--public_key",
                publicKey.toString(),
                "--signature",
                own.toString(),
                folder.toString()))
        .isEqualTo("Verification succeeded");
  }

  @Test
  void aFolderWithSomethingInItIsLeftAlone() throws Exception {
    Files.writeString(directory.resolve("code.jar"), "other");

    assertThatThrownBy(() -> download(directory))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("is not empty");
    assertThatThrownBy(() -> download(directory.resolve("code.jar")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("is no folder");
    assertThat(directory).isDirectoryContaining(file -> file.endsWith("code.jar"));
  }

  @Test
  void aDamagedFileIsNotWritten() {
    s3.tamper(
        namespace,
        Contract.sha256(NETWORK.getBytes(StandardCharsets.UTF_8)),
        "b network".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> download(directory.resolve("to")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("was changed or damaged");
    assertThat(directory.resolve("to").resolve("model.zip")).doesNotExist();
  }

  /** A manifest's names are somebody's who can write to the bucket. */
  @ParameterizedTest
  @MethodSource("dev.firstday.sdk.OddPaths#all")
  void aFileIsWrittenIntoTheFolderOrNotAtAll(String name) throws IOException {
    digest = putManifest(Map.of(name, "{}"));
    Path to = directory.resolve("outer/to");

    Throwable refused = catchThrowable(() -> download(to));

    if (refused == null) {
      assertThat(to.resolve(name).normalize().getParent()).isEqualTo(to);
      assertThat(to.resolve(name)).hasContent("{}");
    } else {
      assertThat(refused).isInstanceOf(CommandFailure.class);
    }
    try (Stream<Path> beside = Files.walk(directory)) {
      assertThat(beside.filter(Files::isRegularFile)).allMatch(file -> file.startsWith(to));
    }
  }

  @Test
  void oneOfKeyAndSignatureIsGiven() {
    assertThatThrownBy(() -> signCommand("3")).isInstanceOf(MissingParameterException.class);
    assertThatThrownBy(
            () -> signCommand("3", "--key", "a", "--signature", "b", "--public-key", "c"))
        .isInstanceOf(MutuallyExclusiveArgsException.class);
    assertThatThrownBy(() -> signCommand("3", "--public-key", "b"))
        .isInstanceOf(MissingParameterException.class)
        .hasMessageContaining("--signature");
  }

  private Path other() throws IOException, CommandFailure {
    return Files.writeString(
        directory.resolve("other.pub"), KeyFiles.pair(KEYS.resolve("p384.pem"), null).key().pem());
  }

  private SigningKey signer(SigningKey key) throws CommandFailure {
    return new SignatureCheck(List.of(key), store.signatures("delays"))
        .signer(3, StoredVersion.of(model(), 3, store).files());
  }

  private String sign(String option, Path file) throws IOException, CommandFailure {
    return signCommand("3", option, file.toString()).stored(model(), store).get(0);
  }

  private SignCommand signCommand(String version, String... more) {
    SignCommand command = new SignCommand(directory);
    new CommandLine(command)
        .parseArgs(
            Stream.concat(Stream.of("delays", "--version", version), Stream.of(more))
                .toArray(String[]::new));
    return command;
  }

  private String download(Path to) throws IOException, CommandFailure {
    DownloadCommand command = new DownloadCommand(directory);
    new CommandLine(command).parseArgs("delays", "--version", "3", "--to", to.toString());
    return command.written(model(), store);
  }

  private Model model() {
    Model model = new Model();
    model.getMetadata().setName("delays");
    model.setSpec(new ModelSpec(null, null, null, null, null, null));
    model.setStatus(
        Contract.read(
            "{\"versions\":[{\"number\":3,\"digest\":\"%s\"}]}".formatted(digest),
            ModelStatus.class));
    return model;
  }

  /**
   * @param files contents, by name
   * @return its digest
   */
  private String putManifest(Map<String, String> files) {
    Map<String, Object> entries = new TreeMap<>();
    files.forEach(
        (name, content) ->
            entries.put(name, Map.of("digest", put(content), "bytes", content.length())));
    return put(Contract.write(Map.of("model", "delays", "files", entries)));
  }

  private String put(String content) {
    return store.objects().put(content.getBytes(StandardCharsets.UTF_8));
  }

  private static String modelSigning(String... arguments) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Stream.concat(Stream.of(PROGRAM.toString()), Stream.of(arguments)).toList())
            .redirectErrorStream(true)
            .start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("it ends").isTrue();
      return said.strip();
    } finally {
      process.destroyForcibly();
    }
  }
}
