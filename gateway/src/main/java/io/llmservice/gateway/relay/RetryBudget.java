package io.llmservice.gateway.relay;

/**
 * How many further attempts one service's requests may make: a share of the requests, so that an outage is not amplified.
 * A few are there from the start, and are earned back before any more are. Safe for use by several threads.
 */
final class RetryBudget {

    /** So that the first request after a start can go on from a dead pod. */
    private static final double FLOOR = 3;

    /** What quiet times may save up: enough for all that one pod had in hand when it died. */
    private static final double MOST = 50;

    private double tokens = FLOOR;
    private double owed = FLOOR;

    /** A request came. */
    synchronized void earn(int percent) {
        double share = percent / 100.0;
        if (owed > 0) {
            owed -= share;
        } else {
            tokens = Math.min(MOST, tokens + share);
        }
    }

    /** Whether one more attempt may be made; it is then counted. */
    synchronized boolean take() {
        if (tokens < 1) {
            return false;
        }
        tokens -= 1;
        return true;
    }
}
