package io.llmservice.standins.sagemaker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A SageMaker to which the real SDK talks; what it makes takes as long, and fails as often, as a test says. */
public final class SageMakerControlPlane implements AutoCloseable {

    private static final String PREFIX = "SageMaker.";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final SageMakerState state;
    private final SageMakerActions actions;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Set<String> denied = ConcurrentHashMap.newKeySet();
    private final AtomicInteger throttled = new AtomicInteger();

    private SageMakerControlPlane(HttpServer server, InstantSource clock) {
        this.server = server;
        this.state = new SageMakerState(clock);
        this.actions = new SageMakerActions(state);
    }

    /** Listens on a free port of loopback. */
    public static SageMakerControlPlane start(InstantSource clock) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var plane = new SageMakerControlPlane(server, clock);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", plane::handle);
        server.start();
        return plane;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** How long endpoints and components take from now on. */
    public void delay(Duration time) {
        state.delay(time);
    }

    /** Lets the next creation or update of an endpoint or component fail. */
    public void failNext(String reason) {
        state.failNext(reason);
    }

    /** Refuses further endpoints with ResourceLimitExceeded once there are so many. */
    public void endpointQuota(int most) {
        state.endpointQuota(most);
    }

    /** Refuses an action, such as {@code sagemaker:CreateModel}, until it is allowed again. */
    public void deny(String action) {
        denied.add(action);
    }

    public void allow(String action) {
        denied.remove(action);
    }

    /** Answers so many calls with ThrottlingException. */
    public void throttleNext(int count) {
        throttled.set(count);
    }

    /** Actions that were asked for and done, in order. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    public List<String> endpoints() {
        return state.names(SageMakerState.ENDPOINT);
    }

    public List<String> endpointConfigs() {
        return state.names(SageMakerState.CONFIG);
    }

    public List<String> models() {
        return state.names(SageMakerState.MODEL);
    }

    public List<String> inferenceComponents() {
        return state.names(SageMakerState.COMPONENT);
    }

    /** Does what somebody else with access to the account does. */
    public void someoneElse(String action, String requestJson) {
        try {
            actions.answer(action, (ObjectNode) JSON.readTree(requestJson));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var target = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("X-Amz-Target"), "");
            var action = target.startsWith(PREFIX) ? target.substring(PREFIX.length()) : target;
            ObjectNode answer;
            int code;
            try {
                admit(action);
                answer = actions.answer(action, (ObjectNode) JSON.readTree(exchange.getRequestBody()));
                calls.add(action);
                code = 200;
            } catch (Refusal refusal) {
                answer = JsonNodeFactory.instance
                        .objectNode()
                        .put("__type", refusal.type())
                        .put("message", refusal.getMessage());
                code = 400;
            }
            var bytes = JSON.writeValueAsBytes(answer);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(code, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private void admit(String action) {
        if (throttled.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new Refusal("ThrottlingException", "Rate exceeded");
        }
        if (denied.contains("sagemaker:" + action)) {
            throw Refusal.denied("sagemaker:" + action);
        }
        if (action.equals("CreateModel") && denied.contains("iam:PassRole")) {
            throw Refusal.denied("iam:PassRole");
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
