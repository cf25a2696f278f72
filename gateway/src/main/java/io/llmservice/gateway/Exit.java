package io.llmservice.gateway;

/** The end that SIGTERM asks for. */
final class Exit {

    private Exit() {}

    /** Lets requests in hand finish, then closes the rest, when the process is asked to end. */
    static void drain(Gateway gateway, Runnable rest) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("drain").unstarted(() -> {
            try {
                gateway.drain();
            } catch (InterruptedException cut) {
                Thread.currentThread().interrupt();
            }
            rest.run();
        }));
    }
}
