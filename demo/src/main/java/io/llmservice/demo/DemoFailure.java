package io.llmservice.demo;

/** Something that the demo was to show did not happen. */
final class DemoFailure extends RuntimeException {

    DemoFailure(String message) {
        super(message);
    }
}
