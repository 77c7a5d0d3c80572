package dev.firstday.server.http;

/**
 * Where a server listens.
 *
 * @param http port of the protocol
 * @param admin port of health, metrics and administration
 */
public record Ports(int http, int admin) {}
