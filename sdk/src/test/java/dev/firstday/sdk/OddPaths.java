package dev.firstday.sdk;

import java.util.List;

/**
 * Names that lead elsewhere when somebody joins them to a folder, decodes them or follows them: the
 * same for every door by which a name comes in, since a hole that one door has closed is open at
 * the next.
 */
public final class OddPaths {
  private OddPaths() {}

  public static List<String> all() {
    return List.of(
        "..",
        ".",
        "",
        "../secret",
        "../../../../../../etc/passwd",
        "a/../../secret",
        "a/..",
        "a/b",
        "./a",
        "/etc/passwd",
        "//etc/passwd",
        "..\\secret",
        "a\\..\\..\\secret",
        "C:\\secret",
        "%2e%2e/secret",
        "%2e%2e%2fsecret",
        "%252e%252e%252fsecret",
        "..%2fsecret",
        "..%c0%afsecret",
        "..;/secret",
        "....//secret",
        "\uff0e\uff0e/secret",
        "..\u2215secret",
        "a\u0000b",
        "../secret\u0000.csv",
        "file:///etc/passwd",
        "http://169.254.169.254/latest/meta-data",
        "~/.ssh/id_ed25519",
        "/proc/self/environ");
  }
}
