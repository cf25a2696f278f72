package io.llmservice.gateway.translate;

/** Leaves a translation that met something the target has no word for; never leaves this package. */
final class NotCarriedException extends RuntimeException {

    NotCarriedException(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
