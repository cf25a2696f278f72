package io.llmservice.operator.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.llmservice.localcluster.process.ChildProcess;
import io.llmservice.localcluster.process.LoopbackPorts;
import io.llmservice.localcluster.process.ProgramSpec;
import io.llmservice.localcluster.process.RunDirectory;
import io.llmservice.operator.sagemaker.Found.Outcome;
import io.llmservice.planner.fallback.TargetState;
import io.llmservice.planner.sagemaker.DesiredEndpoint;
import io.llmservice.planner.sagemaker.Owner;
import io.llmservice.standins.packages.PublicPackages;
import io.llmservice.standins.sagemaker.SageMakerControlPlane;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;

/** The operator's calls mean to somebody else's SageMaker, moto, what they mean to the stand-in. */
class MotoIT {

    private static final String MOTO = "5.2.5";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String REGION = "us-east-1";
    private static final Owner OWNER = new Owner("test", "default", "llm", "cloud");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void anEndpointComesAndGoesOnBothAlike() throws Exception {
        assumeTrue(PublicPackages.available("python3"), "python3 is not on the path; install it to run moto");
        Path programs = PublicPackages.inCache().python("moto-" + MOTO, "moto[server]==" + MOTO);
        int port = LoopbackPorts.free(1).getFirst();
        try (var moto = moto(programs, port);
                var standIn = SageMakerControlPlane.start(InstantSource.system())) {
            standIn.delay(Duration.ZERO);
            await().atMost(PATIENCE).until(() -> listens(moto, port));
            try (var motos = client(URI.create("http://127.0.0.1:" + port));
                    var ours = client(standIn.url())) {
                assertThat(life(motos)).isEqualTo(life(ours));
            }
        }
    }

    /** From nothing to an endpoint that serves, and back to nothing: what was found at each stage. */
    private static List<Found> life(SageMakerClient client) {
        var look = new SageMakerLook(region -> client);
        var watch = new Task.Watch(REGION, OWNER.base(), Optional.empty());
        var keep = new Task.Keep(REGION, desired(), true);
        var remove = new Task.Remove(REGION, OWNER, Optional.of(desired()), Optional.of(false));

        var absent = look.look("cloud", watch);
        var nothingToRemove = look.look("cloud", remove);
        var made = until(Outcome.SETTLED, look, keep);
        assertThat(made.state()).isInstanceOf(TargetState.Verified.class);
        assertThat(made.endpointState()).isEqualTo("InService");
        assertThat(client.describeEndpointConfig(
                                request -> request.endpointConfigName(desired().configName()))
                        .productionVariants())
                .singleElement()
                .satisfies(variant -> assertThat(variant.instanceTypeAsString()).isEqualTo("ml.g4dn.12xlarge"))
                .satisfies(variant ->
                        assertThat(variant.modelName()).isEqualTo(desired().modelName()));
        var serving = look.look("cloud", watch);
        var gone = until(Outcome.GONE, look, remove);
        var reader = new SageMakerReader(client);
        assertThat(reader.look(OWNER, Optional.of(desired()))).satisfies(seen -> {
            assertThat(seen.endpoint()).isEmpty();
            assertThat(seen.config()).isEmpty();
            assertThat(seen.model()).isEmpty();
        });
        return List.of(absent, nothingToRemove, made, serving, gone, look.look("cloud", watch));
    }

    private static Found until(Outcome outcome, SageMakerLook look, Task task) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> look.look("cloud", task), found -> found.outcome() == outcome);
    }

    private static DesiredEndpoint desired() {
        return new DesiredEndpoint(
                OWNER,
                new DesiredEndpoint.Model(
                        "111122223333.dkr.ecr.us-east-1.amazonaws.com/vllm:1",
                        Map.of("SM_VLLM_MODEL", "Qwen/Qwen2.5-7B-Instruct"),
                        Optional.empty(),
                        "arn:aws:iam::111122223333:role/serve"),
                new DesiredEndpoint.Config("ml.g4dn.12xlarge", 1, Optional.empty(), 1200),
                Optional.empty(),
                false);
    }

    private ChildProcess moto(Path programs, int port) {
        var spec = new ProgramSpec(
                "moto",
                List.of(
                        programs.resolve("moto_server").toString(),
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port)),
                Map.of(),
                directory,
                directory.resolve("moto.log"));
        return ChildProcess.start(spec, new RunDirectory(directory.resolve("run")));
    }

    private static boolean listens(ChildProcess moto, int port) {
        assertThat(moto.isAlive()).describedAs(moto.logTail(20)).isTrue();
        try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static SageMakerClient client(URI url) {
        return SageMakerClient.builder()
                .endpointOverride(url)
                .region(Region.of(REGION))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("stand-in", "stand-in")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(configuration -> configuration
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .addExecutionInterceptor(new NoComponents()))
                .build();
    }
}
