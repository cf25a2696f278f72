package io.llmservice.gateway.breaker;

/**
 * The pods at one moment.
 *
 * @param serving pods that may get new requests
 * @param waiting requests that wait in them, all together, as far as known
 * @param leastCacheUse KV-cache use of the emptiest, 0 to 1; 0 if it is not known of every pod
 */
public record Conditions(int serving, int waiting, double leastCacheUse) {}
