package dev.firstday.contract;

/**
 * What is wrong with a resource.
 *
 * @param reason one word in CamelCase, for a condition's reason
 * @param message where, what, and the cure, for people
 */
public record Problem(String reason, String message) {}
