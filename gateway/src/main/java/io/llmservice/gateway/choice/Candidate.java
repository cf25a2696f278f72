package io.llmservice.gateway.choice;

/**
 * A pod that could take a request.
 *
 * @param uid which
 * @param load requests that it has, ours and others'
 * @param matched leading blocks of the prompt that are in its cache, as far as known
 */
public record Candidate(String uid, double load, int matched) {}
