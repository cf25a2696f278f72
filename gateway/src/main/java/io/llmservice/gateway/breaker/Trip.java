package io.llmservice.gateway.breaker;

/**
 * Why a breaker opened.
 *
 * @param cause the trigger
 * @param reason a sentence for people, with the figures
 */
public record Trip(Cause cause, String reason) {

    /** The triggers of the API. */
    public enum Cause {
        NO_READY_REPLICAS("NoReadyReplicas"),
        ERROR_RATE("ErrorRate"),
        TIME_TO_FIRST_TOKEN("TimeToFirstToken"),
        SATURATION("Saturation");

        private final String word;

        Cause(String word) {
            this.word = word;
        }

        /** One word for metrics and the response header. */
        public String word() {
            return word;
        }
    }
}
