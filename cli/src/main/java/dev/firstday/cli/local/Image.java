package dev.firstday.cli.local;

import java.util.List;
import java.util.Map;

/**
 * What runs when a container of an image starts: a Java program instead of an unpacked image.
 *
 * @param mainClass the entry point
 * @param classPath what the image holds, in the form of {@code java -cp}
 * @param jvmArguments what the image passes to its JVM
 * @param environment what the image sets; the pod's own variables win
 * @param heapMegabytes greatest heap of a container that has no memory limit
 */
public record Image(
    String mainClass,
    String classPath,
    List<String> jvmArguments,
    Map<String, String> environment,
    int heapMegabytes) {}
