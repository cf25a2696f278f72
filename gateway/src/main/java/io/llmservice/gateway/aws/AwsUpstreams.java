package io.llmservice.gateway.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.llmservice.api.v1alpha1.BedrockDialect;
import io.llmservice.api.v1alpha1.BedrockEndpoint;
import io.llmservice.api.v1alpha1.BedrockTarget;
import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.api.v1alpha1.SageMakerDialect;
import io.llmservice.api.v1alpha1.SageMakerTarget;
import io.llmservice.gateway.request.ApiRoute;
import io.llmservice.gateway.request.RequestScan;
import io.llmservice.gateway.route.ServiceKey;
import io.llmservice.gateway.route.ServiceRoute;
import io.llmservice.gateway.translate.Carriage;
import io.llmservice.gateway.translate.Dialect;
import io.llmservice.gateway.translate.LmiDialect;
import io.llmservice.gateway.translate.TgiDialect;
import io.llmservice.gateway.upstream.Upstream;
import io.llmservice.gateway.upstream.UpstreamException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/** Makes upstreams of targets on AWS, and says which requests they can carry. */
public final class AwsUpstreams implements AutoCloseable {

    private static final int CONNECT_MILLIS = 3000;
    private static final int MAX_CALLS_TO_ONE_HOST = 10_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    /** SageMaker finds the model by the endpoint's name, and its vLLM container takes no name for its only model. */
    private static final String ANY_MODEL = "";

    private final Vertx vertx;
    private final HttpClient http;
    private final AwsEnvironment environment;
    private final ManagedEndpoints managed;
    private final AwsCredentialsProvider credentials;
    private final AnswerHeads heads;
    private final AwsClients clients;
    private final Map<String, Authorization> tokens = new ConcurrentHashMap<>();

    AwsUpstreams(
            Vertx vertx,
            HttpClient http,
            AwsEnvironment environment,
            ManagedEndpoints managed,
            AwsCredentialsProvider credentials,
            AnswerHeads heads) {
        this.vertx = vertx;
        this.http = http;
        this.environment = environment;
        this.managed = managed;
        this.credentials = credentials;
        this.heads = heads;
        this.clients = new AwsClients(environment, credentials, new SdkHttp(vertx, http));
    }

    /**
     * Makes them with the credentials that the SDK finds by itself: variables, IRSA, Pod Identity, the instance's role.
     *
     * @param http whose pool bounds the requests under way to one host; the caller closes it
     */
    public static AwsUpstreams of(
            Vertx vertx, HttpClient http, AwsEnvironment environment, ManagedEndpoints managed, InstantSource clock) {
        var heads = new AnswerHeads(clock, new SecureRandom());
        var credentials = DefaultCredentialsProvider.builder().build();
        return new AwsUpstreams(vertx, http, environment, managed, credentials, heads);
    }

    /** Connections for them, with room for every call that may be under way to one host. */
    static HttpClient connections(Vertx vertx) {
        return vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS),
                new PoolOptions().setHttp1MaxSize(MAX_CALLS_TO_ONE_HOST));
    }

    /** The upstream of a target that has {@code bedrock} or {@code sageMaker}. */
    public Upstream target(ServiceRoute route, FallbackTarget target) {
        var bedrock = target.bedrock();
        var sageMaker = target.sageMaker();
        if (bedrock != null) {
            return region(bedrock.region())
                    .map(region -> bedrock(bedrock, region))
                    .orElseGet(() -> withoutRegion(target.name()));
        }
        if (sageMaker != null) {
            return region(sageMaker.region())
                    .map(region -> sageMaker(route.key(), target.name(), sageMaker, region))
                    .orElseGet(() -> withoutRegion(target.name()));
        }
        throw new IllegalArgumentException("target " + target.name() + " is not on AWS");
    }

    /** Why a target cannot carry a request; empty if it can, or is not on AWS. Holds nothing of the request. */
    public Optional<String> cannotCarry(FallbackTarget target, ApiRoute route, RequestScan scan, Buffer body) {
        var dialect = Dialect.of(target);
        if (!Carriage.translates(dialect)) {
            return Carriage.cannotCarry(dialect, route, JsonNodeFactory.instance.objectNode());
        }
        try {
            JsonNode tree = JSON.readTree(body.getBytes());
            return Carriage.cannotCarry(dialect, route, tree);
        } catch (IOException e) {
            return Optional.of("the body is not JSON");
        }
    }

    private Upstream bedrock(BedrockTarget target, String region) {
        var failures = new Failures("Bedrock model " + target.modelId() + " in " + region, BedrockUpstream.ACTIONS);
        if (target.dialect() == BedrockDialect.CONVERSE) {
            return new BedrockUpstream(vertx, clients.bedrock(region), target.modelId(), heads, failures);
        }
        boolean mantle = target.endpoint() == BedrockEndpoint.MANTLE;
        var base = mantle ? environment.bedrockMantle(region) : environment.bedrockOpenAi(region);
        Authorization authorization = environment
                .bedrockToken()
                .map(Authorization::bearer)
                .orElseGet(() -> new SignatureV4(credentials, region, mantle ? "bedrock-mantle" : "bedrock"));
        return new OpenAiRouteUpstream(vertx, http, base, target.modelId(), authorization, failures);
    }

    private Upstream sageMaker(ServiceKey service, String name, SageMakerTarget target, String region) {
        var endpoint = Optional.ofNullable(target.endpoint())
                .map(existing ->
                        new ManagedEndpoints.Endpoint(existing, Optional.ofNullable(target.inferenceComponentName())))
                .or(() -> managed.endpoint(service, name));
        if (endpoint.isEmpty()) {
            return request -> Future.failedFuture(new UpstreamException(
                    UpstreamException.Cause.NOT_CONNECTED,
                    "The SageMaker endpoint of target " + name
                            + " is not there yet; see status.sageMaker of the LlmService.",
                    null));
        }
        return sageMaker(endpoint.get(), region, target.dialect());
    }

    private Upstream sageMaker(ManagedEndpoints.Endpoint endpoint, String region, SageMakerDialect dialect) {
        String resource = "SageMaker endpoint " + endpoint.name() + " in " + region;
        var failures = new Failures(resource, SageMakerUpstream.ACTIONS);
        var client = clients.sageMaker(region);
        return switch (dialect) {
            case LMI -> new SageMakerUpstream(vertx, client, endpoint, new LmiDialect(), heads, failures);
            case TGI -> new SageMakerUpstream(vertx, client, endpoint, new TgiDialect(), heads, failures);
            case OPEN_AI ->
                new OpenAiRouteUpstream(
                        vertx,
                        http,
                        environment.sageMakerOpenAi(region, endpoint),
                        ANY_MODEL,
                        tokens.computeIfAbsent(region, key -> new SageMakerToken(credentials, key, heads.clock())),
                        new Failures(resource, SageMakerUpstream.ACTIONS + " and sagemaker:CallWithBearerToken"));
        };
    }

    private static Upstream withoutRegion(String target) {
        return request -> Future.failedFuture(new UpstreamException(
                UpstreamException.Cause.REFUSED,
                "Target " + target + " has no AWS region: set its region, or AWS_REGION for the gateway.",
                null));
    }

    private Optional<String> region(@Nullable String ofTarget) {
        return Optional.ofNullable(ofTarget).or(environment::region);
    }

    @Override
    public void close() {
        clients.close();
    }
}
