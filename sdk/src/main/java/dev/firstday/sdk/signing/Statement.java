package dev.firstday.sdk.signing;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firstday.contract.Contract;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is signed: an <a href="https://github.com/in-toto/attestation/tree/main/spec/v1">in-toto
 * statement</a> with the predicate of the OpenSSF's model-signing v1.0. It names each file with its
 * sha256, and as its subject the sha256 of all these digests, one after the other.
 */
record Statement(
    @JsonProperty("_type") String type,
    List<Subject> subject,
    String predicateType,
    Predicate predicate) {
  static final String TYPE = "https://in-toto.io/Statement/v1";
  static final String PREDICATE_TYPE = "https://model_signing/signature/v1.0";
  private static final String SHA256 = "sha256";
  private static final String FILES = "files";

  record Subject(String name, Map<String, String> digest) {}

  record Predicate(Serialization serialization, List<Resource> resources) {}

  /** How files were told apart and hashed. */
  record Serialization(
      String method,
      @JsonProperty("hash_type") String hashType,
      @JsonProperty("allow_symlinks") Boolean allowSymlinks) {}

  record Resource(String name, String algorithm, String digest) {}

  static Statement of(SignedFiles files) {
    List<Resource> resources =
        files.digests().entrySet().stream()
            .map(file -> new Resource(file.getKey(), SHA256, file.getValue()))
            .toList();
    return new Statement(
        TYPE,
        List.of(new Subject(files.model(), Map.of(SHA256, ofAll(resources)))),
        PREDICATE_TYPE,
        new Predicate(new Serialization(FILES, SHA256, false), resources));
  }

  byte[] json() {
    return Contract.write(this).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Requires that it speaks of exactly these files. The subject's name is not compared: it is that
   * of the folder in which somebody signed, and the manifest says which model it is.
   *
   * @throws SignatureFault when it does not, or is none of the kind that can be judged here
   */
  void require(SignedFiles files) {
    SortedMap<String, String> signed = digests();
    Set<String> unsigned = new TreeSet<>(files.digests().keySet());
    unsigned.removeAll(signed.keySet());
    Set<String> absent = new TreeSet<>(signed.keySet());
    absent.removeAll(files.digests().keySet());
    if (!unsigned.isEmpty()) {
      throw SignatureFault.invalid(
          "it says nothing of %s, which the version has".formatted(Shown.names(unsigned)));
    }
    if (!absent.isEmpty()) {
      throw SignatureFault.invalid(
          "it is about %s as well, which the version does not have".formatted(Shown.names(absent)));
    }
    signed.forEach(
        (name, digest) -> {
          if (!digest.equals(files.digests().get(name))) {
            throw SignatureFault.invalid(
                "it was given to a %s with sha256 %s, and the version's has %s"
                    .formatted(name, digest, files.digests().get(name)));
          }
        });
  }

  private SortedMap<String, String> digests() {
    requireEqual("_type", TYPE, type);
    requireEqual("predicateType", PREDICATE_TYPE, predicateType);
    if (predicate == null || predicate.serialization() == null || predicate.resources() == null) {
      throw SignatureFault.invalid(
          "its statement has no predicate with serialization and resources");
    }
    requireEqual("serialization.method", FILES, predicate.serialization().method());
    requireEqual("serialization.hash_type", SHA256, predicate.serialization().hashType());
    SortedMap<String, String> digests = new TreeMap<>(Comparator.naturalOrder());
    for (Resource resource : predicate.resources()) {
      if (resource == null || resource.name() == null) {
        throw SignatureFault.invalid("its statement has a resource without a name");
      }
      requireEqual("algorithm of " + Shown.name(resource.name()), SHA256, resource.algorithm());
      if (!Contract.isDigest(resource.digest())) {
        throw SignatureFault.invalid(
            "the digest of %s is no sha256 in lower-case hex"
                .formatted(Shown.name(resource.name())));
      }
      if (digests.put(resource.name(), resource.digest()) != null) {
        throw SignatureFault.invalid(
            "its statement names %s twice".formatted(Shown.name(resource.name())));
      }
    }
    requireSubject();
    return digests;
  }

  private void requireSubject() {
    if (subject == null
        || subject.size() != 1
        || subject.get(0) == null
        || subject.get(0).digest() == null) {
      throw SignatureFault.invalid("its statement has not one subject with a digest");
    }
    requireEqual(
        "the digest of its subject",
        ofAll(predicate.resources()),
        subject.get(0).digest().get(SHA256));
  }

  private static void requireEqual(String what, String wanted, String found) {
    if (!Objects.equals(wanted, found)) {
      throw SignatureFault.invalid(
          "its statement has %s %s, and not %s".formatted(what, Shown.name(found), wanted));
    }
  }

  /** sha256 of the digests' bytes, in the order of the list. */
  private static String ofAll(List<Resource> resources) {
    String digests = resources.stream().map(Resource::digest).collect(Collectors.joining());
    return Contract.sha256(HexFormat.of().parseHex(digests));
  }
}
