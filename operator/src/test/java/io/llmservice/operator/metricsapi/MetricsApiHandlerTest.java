package io.llmservice.operator.metricsapi;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.operator.metricsapi.TestAuthority.Client;
import io.llmservice.operator.metricsapi.access.Authorizer;
import io.llmservice.operator.metricsapi.access.FrontProxy;
import io.llmservice.operator.metricsapi.access.FrontProxyConfig;
import io.llmservice.operator.metricsapi.access.MetricAccess;
import io.llmservice.operator.metricsapi.access.User;
import io.llmservice.operator.metricsapi.pods.PodReader;
import io.llmservice.operator.metricsapi.pods.PodTarget;
import io.llmservice.operator.metricsapi.pods.ReadLimits;
import io.llmservice.operator.metricsapi.pods.StubPod;
import io.llmservice.operator.metricsapi.tls.MemoryCredentialStore;
import io.llmservice.operator.metricsapi.tls.ServingCertificate;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole way of a request over a real TLS connection on loopback. */
class MetricsApiHandlerTest {
    private static final String GROUP = "/apis/custom.metrics.k8s.io";
    private static final String QUERY =
            GROUP + "/v1beta2/namespaces/models/pods/%2A/vllm%3Anum_requests_running?labelSelector=app%3Dllama";

    private final TestAuthority authority = TestAuthority.create("front-proxy-ca");
    private final Client frontProxy = authority.client("front-proxy");
    private final MutableClock clock = new MutableClock(Instant.now().minus(Duration.ofDays(61)));
    private final ServingCertificate certificate = MemoryCredentialStore.certificate(clock, "localhost");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final StubPod pod = new StubPod(StubPod.page("vllm:num_requests_running{engine=\"0\"} 7\n"));
    private final PodReader reader = new PodReader(ReadLimits.DEFAULTS, clock, meters);
    private final List<User> users = new ArrayList<>();
    private final List<MetricAccess> accesses = new ArrayList<>();
    private volatile Authorizer.Decision decision = Authorizer.Decision.ALLOWED;
    private volatile @Nullable FrontProxy trusted = new FrontProxy(FrontProxyConfig.of(Map.of(
            "requestheader-client-ca-file", authority.pem(),
            "requestheader-allowed-names", "[\"front-proxy\"]",
            "requestheader-username-headers", "[\"X-Remote-User\"]",
            "requestheader-group-headers", "[\"X-Remote-Group\"]",
            "requestheader-extra-headers-prefix", "[\"X-Remote-Extra-\"]")));
    private final TlsListener listener = listen();

    MetricsApiHandlerTest() throws Exception {}

    @AfterEach
    void close() throws IOException {
        listener.close();
        reader.close();
        pod.close();
    }

    @Test
    void allowedUserReadsWhatThePodsSay() throws Exception {
        HttpResponse<String> reply = send(frontProxy, asHpa(QUERY));

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(reply.body()).contains("\"name\":\"llama-0\"").contains("\"value\":\"7\"");
        assertThat(users)
                .containsExactly(new User(
                        "system:serviceaccount:kube-system:horizontal-pod-autoscaler",
                        Optional.empty(),
                        List.of("system:serviceaccounts", "system:authenticated"),
                        Map.of("scopes/a", List.of("one"))));
        assertThat(accesses).containsExactly(new MetricAccess("v1beta2", "models", "*", "vllm:num_requests_running"));
    }

    @Test
    void headersAloneAreNoProof() throws Exception {
        assertUnauthorized(send(null, asHpa(QUERY)), "no client certificate");
        assertUnauthorized(send(null, asHpa(GROUP + "/v1beta2")), "no client certificate");
    }

    @Test
    void onlyTheFrontProxysOwnCertificateIsOne() throws Exception {
        String untrusted = "the client certificate is not the front proxy's";
        Client impostor = TestAuthority.create("front-proxy-ca").client("front-proxy");
        Client expired = authority.client("front-proxy", KeyPurposeId.id_kp_clientAuth, Duration.ofHours(-1));
        Client server = authority.client("front-proxy", KeyPurposeId.id_kp_serverAuth, Duration.ofDays(1));
        Client other = authority.client("somebody-else");

        assertUnauthorized(send(impostor, asHpa(QUERY)), untrusted);
        assertUnauthorized(send(expired, asHpa(QUERY)), untrusted);
        assertUnauthorized(send(server, asHpa(QUERY)), untrusted);
        assertUnauthorized(send(other, asHpa(QUERY)), "the client certificate's name is not allowed");
        assertThat(users).isEmpty();
    }

    @Test
    void frontProxyMustNameAUser() throws Exception {
        assertUnauthorized(send(frontProxy, request(QUERY)), "the front proxy names no user");
    }

    @Test
    void nobodyIsTrustedUntilItIsKnownWhom() throws Exception {
        trusted = null;

        assertThat(send(frontProxy, asHpa(QUERY)).statusCode()).isEqualTo(503);
    }

    @Test
    void userWithoutRightsIsToldWhatIsMissing() throws Exception {
        decision = Authorizer.Decision.DENIED;

        HttpResponse<String> reply = send(frontProxy, asHpa(QUERY));

        assertThat(reply.statusCode()).isEqualTo(403);
        assertThat(reply.body())
                .isEqualTo("{\"apiVersion\":\"v1\",\"kind\":\"Status\",\"code\":403,\"message\":"
                        + "\"pods.custom.metrics.k8s.io \\\"*\\\" is forbidden: User"
                        + " \\\"system:serviceaccount:kube-system:horizontal-pod-autoscaler\\\" cannot get resource"
                        + " \\\"pods/vllm:num_requests_running\\\" in API group \\\"custom.metrics.k8s.io\\\" in the"
                        + " namespace \\\"models\\\"\",\"reason\":\"Forbidden\",\"status\":\"Failure\"}");
        assertThat(pod.requests()).isZero();
    }

    @Test
    void undecidedIsNotAllowed() throws Exception {
        decision = Authorizer.Decision.UNDECIDED;

        assertThat(send(frontProxy, asHpa(QUERY)).statusCode()).isEqualTo(500);
    }

    @Test
    void discoveryNeedsNoRights() throws Exception {
        decision = Authorizer.Decision.DENIED;

        for (String path :
                List.of("/apis", GROUP, GROUP + "/v1beta2", GROUP + "/v1beta1", "/openapi/v2", "/openapi/v3")) {
            assertThat(send(frontProxy, asHpa(path)).statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void healthIsOpen() throws Exception {
        assertThat(send(null, request("/healthz")).statusCode()).isEqualTo(200);
    }

    @Test
    void badRequestsAreAnsweredAsKubernetesDoes() throws Exception {
        String pods = GROUP + "/v1beta2/namespaces/models/pods/";

        assertStatus(pods + "*/vllm:num_requests_running?labelSelector=a+in", 400, "BadRequest");
        assertStatus(pods + "*/cpu", 404, "NotFound");
        assertStatus(pods + "absent/vllm:num_requests_running", 404, "NotFound");
        assertStatus(pods + "llama-0/vllm:kv_cache_usage_perc", 404, "NotFound");
        assertStatus(GROUP + "/v1/namespaces/models/pods/*/vllm:num_requests_running", 404, "NotFound");
        assertStatus("/api/v1/secrets", 404, "NotFound");
        HttpRequest.Builder delete = asHpa(QUERY).DELETE();
        assertThat(send(frontProxy, delete).statusCode()).isEqualTo(405);
    }

    @Test
    void oneNamedPodIsReadAlone() throws Exception {
        HttpResponse<String> reply =
                send(frontProxy, asHpa(GROUP + "/v1beta1/namespaces/models/pods/llama-0/vllm:num_requests_running"));

        assertThat(reply.body())
                .contains("\"metricName\":\"vllm:num_requests_running\"")
                .contains("\"value\":\"7\"");
    }

    @Test
    void renewedCertificateIsServedWithoutClosingConnections() throws Exception {
        Client any = frontProxy;
        try (SSLSocket open = connect(any)) {
            X509Certificate before = peer(open);
            clock.advance(Duration.ofDays(61));

            certificate.refresh();

            assertThat(get(open, "/healthz")).startsWith("HTTP/1.1 200");
            try (SSLSocket later = connect(any)) {
                assertThat(peer(later).getSerialNumber()).isNotEqualTo(before.getSerialNumber());
                assertThat(get(later, "/healthz")).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void requestsAreCounted() throws Exception {
        send(frontProxy, asHpa(QUERY));
        send(null, asHpa(QUERY));

        assertThat(meters.get("llmservice.metricsapi.requests")
                        .tag("code", "200")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("llmservice.metricsapi.requests")
                        .tag("code", "401")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    private TlsListener listen() throws IOException {
        MetricQueries queries = new MetricQueries(
                (namespace, selector) -> List.of(target()).stream()
                        .filter(target -> target.namespace().equals(namespace) && selector.matches(target.labels()))
                        .toList(),
                reader);
        Authorizer authorizer = (user, access) -> {
            users.add(user);
            accesses.add(access);
            return decision;
        };
        return new TlsListener(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                certificate.sslContext(),
                new MetricsApiHandler(() -> Optional.ofNullable(trusted), authorizer, queries, meters));
    }

    private PodTarget target() {
        PodTarget bare = pod.target("llama-0");
        return new PodTarget(bare.namespace(), bare.name(), bare.podIP(), bare.port(), Map.of("app", "llama"));
    }

    private void assertStatus(String path, int code, String reason) throws Exception {
        HttpResponse<String> reply = send(frontProxy, asHpa(path));
        assertThat(reply.statusCode()).as(path).isEqualTo(code);
        assertThat(reply.body()).as(path).contains("\"reason\":\"" + reason + "\"");
    }

    private static void assertUnauthorized(HttpResponse<String> reply, String message) {
        assertThat(reply.statusCode()).isEqualTo(401);
        assertThat(reply.body()).contains("\"reason\":\"Unauthorized\"").contains(message);
    }

    private HttpRequest.Builder asHpa(String path) {
        return request(path)
                .header("X-Remote-User", "system:serviceaccount:kube-system:horizontal-pod-autoscaler")
                .header("X-Remote-Group", "system:serviceaccounts")
                .header("X-Remote-Group", "system:authenticated")
                .header("X-Remote-Extra-Scopes%2fA", "one");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + listener.port() + path));
    }

    private HttpResponse<String> send(@Nullable Client client, HttpRequest.Builder request) throws Exception {
        try (HttpClient http = HttpClient.newBuilder()
                .sslContext(TestAuthority.context(client, certificate.bundle().orElseThrow()))
                .build()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }

    private SSLSocket connect(Client client) throws Exception {
        Socket socket = TestAuthority.context(client, certificate.bundle().orElseThrow())
                .getSocketFactory()
                .createSocket("localhost", listener.port());
        return (SSLSocket) socket;
    }

    private static X509Certificate peer(SSLSocket socket) throws IOException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    private static String get(SSLSocket socket, String path) throws IOException {
        socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(US_ASCII));
        byte[] start = socket.getInputStream().readNBytes(12);
        return new String(start, US_ASCII);
    }
}
