package dev.firstday.cli.model;

import dev.firstday.api.Firstday;
import dev.firstday.api.Model;
import dev.firstday.api.Signing;
import dev.firstday.api.Signing.PublicKey;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.cluster.HelpOption;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import dev.firstday.contract.Contract;
import dev.firstday.contract.SigningKey;
import dev.firstday.sdk.signing.ModelSignature;
import dev.firstday.sdk.signing.SignatureFault;
import dev.firstday.sdk.store.SignatureFiles;
import dev.firstday.sdk.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code firstday model sign}. */
@Command(
    name = "sign",
    description = {
      "Signs a version with a private key, which stays on this machine, in the OpenSSF's model-signing format; or stores"
          + " a signature that model_signing made over what firstday model download gave.",
      "A signature is added to a version and never replaced: another key adds another one. A Model with spec.signing is"
          + " asked to look at once.",
      "S3 is reached as by firstday push."
    })
final class SignCommand implements Callable<Integer> {
  private final Path checkout;

  @Mixin private NamedModel named;

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      required = true,
      description = "The version's number.")
  private int number;

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Mixin private HelpOption help;

  /** A key to sign with, or what it has signed. */
  static final class Source {
    @ArgGroup(exclusive = false)
    private Own own;

    @ArgGroup(exclusive = false)
    private Made made;
  }

  /** A signature that is made here. */
  static final class Own {
    @Option(
        names = "--key",
        paramLabel = "FILE",
        required = true,
        description =
            "A private key of the curve P-256, P-384 or P-521 in PEM, as openssl ecparam -name prime256v1 -genkey"
                + " -noout makes one.")
    private Path key;

    @Option(
        names = "--password",
        interactive = true,
        description = "Ask for the password of an encrypted key.")
    private char[] password;
  }

  /** A signature that was made elsewhere. */
  static final class Made {
    @Option(
        names = "--signature",
        paramLabel = "FILE",
        required = true,
        description = "The model.sig that model_signing made with a key.")
    private Path bundle;

    @Option(
        names = "--public-key",
        paramLabel = "FILE",
        description =
            "That key's public half in PEM. Left out: it is one of the Model's spec.signing.publicKeys.")
    private Path publicKey;
  }

  SignCommand(Path checkout) {
    this.checkout = checkout;
  }

  @Override
  public Integer call() throws IOException {
    return named.look(checkout, "model sign", this::sign);
  }

  private int sign(Model model, Cluster cluster, Output output) throws IOException, CommandFailure {
    output.lines(named.inStore(checkout, cluster, store -> stored(model, store)));
    if (isLookedAt(model)) {
      cluster.annotate(
          Model.class,
          named.name(),
          Firstday.VERIFY_ANNOTATION,
          Clock.systemUTC().instant().toString());
    }
    return 0;
  }

  /** Stores the signature, and says so. */
  List<String> stored(Model model, Store store) throws IOException, CommandFailure {
    StoredVersion version = StoredVersion.of(model, number, store);
    Signed signed = signed(model, version);
    boolean added = add(store.signatures(named.name()), version, signed);
    List<String> lines = new ArrayList<>();
    lines.add(
        "version %d of %s, %s, %s signed by %s, %s"
            .formatted(
                number,
                named.name(),
                version.digest(),
                added ? "is" : "was already",
                signed.key().name(),
                signed.key().id()));
    if (!isKnown(model, signed.key())) {
      lines.add("Model %s does not know that key, which this tells it:".formatted(named.name()));
      lines.add("spec: " + Contract.write(Map.of("signing", trusting(model, signed.key()))));
    } else if (isLookedAt(model)) {
      lines.add(
          "Model %s is asked to look; firstday model show %s tells"
              .formatted(named.name(), named.name()));
    }
    return lines;
  }

  private record Signed(SigningKey key, byte[] bundle) {}

  private Signed signed(Model model, StoredVersion version) throws IOException, CommandFailure {
    if (source.own != null) {
      KeyFiles.Pair pair = KeyFiles.pair(source.own.key, source.own.password);
      return new Signed(
          pair.key(), ModelSignature.sign(version.files(), pair.key(), pair.privateKey()));
    }
    byte[] bundle = bundle(source.made.bundle);
    List<SigningKey> keys =
        source.made.publicKey == null
            ? known(model)
            : List.of(KeyFiles.publicKey(source.made.publicKey));
    List<String> faults = new ArrayList<>();
    for (SigningKey key : keys) {
      try {
        ModelSignature.verify(bundle, version.files(), key);
        return new Signed(key, bundle);
      } catch (SignatureFault e) {
        faults.add(e.getMessage());
      }
    }
    throw new CommandFailure(
        "%s is no signature of version %d of %s: %s"
            .formatted(
                source.made.bundle,
                number,
                named.name(),
                faults.isEmpty()
                    ? "the Model has no spec.signing.publicKeys, so say by whom it is (--public-key FILE)"
                    : String.join("; ", faults)));
  }

  private static boolean isLookedAt(Model model) {
    return model.getSpec().signing() != null && model.getSpec().signing().isOn();
  }

  private static boolean isKnown(Model model, SigningKey key) throws CommandFailure {
    return known(model).stream().anyMatch(other -> other.id().equals(key.id()));
  }

  private static List<SigningKey> known(Model model) throws CommandFailure {
    try {
      return SigningKey.allOf(given(model));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("spec.signing.publicKeys of the Model: " + e.getMessage(), e);
    }
  }

  private static List<PublicKey> given(Model model) {
    Signing signing = model.getSpec().signing();
    return signing == null || signing.publicKeys() == null ? List.of() : signing.publicKeys();
  }

  /** The spec.signing that has that key, too. */
  private static Signing trusting(Model model, SigningKey key) {
    Signing signing = model.getSpec().signing();
    return new Signing(
        signing == null ? Signing.Mode.REQUIRE : signing.mode(),
        Stream.concat(
                given(model).stream(),
                Stream.of(new PublicKey("key-" + key.id().substring(0, 8), key.pem())))
            .toList());
  }

  private static byte[] bundle(Path file) throws IOException, CommandFailure {
    return KeyFiles.read(
        file,
        SignatureFiles.MAX_BYTES,
        "has more than the %d bytes that a signature may have".formatted(SignatureFiles.MAX_BYTES));
  }

  /** False: there is one by that key already, which is as good. */
  private static boolean add(SignatureFiles signatures, StoredVersion version, Signed signed)
      throws CommandFailure {
    String id = signed.key().id();
    if (signatures.add(version.number(), id, signed.bundle())) {
      return true;
    }
    try {
      ModelSignature.verify(
          signatures.find(version.number(), id).orElse(new byte[0]), version.files(), signed.key());
      return false;
    } catch (SignatureFault e) {
      throw new CommandFailure(
          "%s is there and is none: %s; delete that object and sign again"
              .formatted(signatures.uri(version.number(), id), e.getMessage()),
          e);
    }
  }
}
