package io.llmservice.gateway.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.llmservice.api.v1alpha1.BedrockTarget;
import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.gateway.request.ApiRoute;
import io.llmservice.gateway.request.RequestScan;
import io.llmservice.gateway.route.ServiceRoute;
import io.llmservice.gateway.translate.Carriage;
import io.llmservice.gateway.translate.Dialect;
import io.llmservice.gateway.upstream.Upstream;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** Makes upstreams of targets on AWS, and says which requests they can carry. */
public final class AwsUpstreams implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vertx vertx;
    private final AwsEnvironment environment;
    private final AnswerHeads heads;
    private final AwsClients clients;

    AwsUpstreams(Vertx vertx, AwsEnvironment environment, AwsCredentialsProvider credentials, AnswerHeads heads) {
        this.vertx = vertx;
        this.environment = environment;
        this.heads = heads;
        this.clients = new AwsClients(environment, credentials);
    }

    /** The upstream of a target that has {@code bedrock} or {@code sageMaker}. */
    public Upstream target(ServiceRoute route, FallbackTarget target) {
        var bedrock = target.bedrock();
        if (bedrock != null) {
            return bedrock(bedrock);
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

    private Upstream bedrock(BedrockTarget target) {
        String region =
                Optional.ofNullable(target.region()).or(environment::region).orElse("us-east-1");
        var failures = new Failures("Bedrock model " + target.modelId() + " in " + region, BedrockUpstream.ACTIONS);
        return new BedrockUpstream(vertx, clients.bedrock(region), target.modelId(), heads, failures);
    }

    @Override
    public void close() {
        clients.close();
    }
}
