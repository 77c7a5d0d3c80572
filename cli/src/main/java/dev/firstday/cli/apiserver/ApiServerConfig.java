package dev.firstday.cli.apiserver;

/**
 * What an API server is started with.
 *
 * @param host the loopback address to listen on
 * @param port the TCP port, or 0 for one that is free
 */
public record ApiServerConfig(
    String host, int port, State state, ClusterIpAllocator clusterIps, PodLogs podLogs) {}
