# `make image` packages the libraries first: operator/target/operator/lib and gateway/target/gateway/lib. Two images, because
# the gateway is what clients reach and what carries AWS libraries: neither program brings the other's along.
#   docker build --target operator .    docker build --target gateway .
FROM eclipse-temurin:25-jre AS gateway

ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="llmservice-gateway" \
      org.opencontainers.image.description="One OpenAI endpoint in front of language models, with a fallback" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="Apache-2.0"

COPY LICENSE /licenses/LICENSE
COPY gateway/target/gateway/lib /app/lib

# As for the operator below.
RUN KUBERNETES_MASTER=http://127.0.0.1:1 timeout 20 java -XX:+UseSerialGC -XX:MaxRAMPercentage=50 \
        -XX:AOTCacheOutput=/app/gateway.aot -jar /app/lib/llmservice-gateway.jar; \
    test -s /app/gateway.aot

# Any user but root; the number is that of the chart's securityContext.
USER 65532:65532
WORKDIR /app
EXPOSE 8080 8081

# Half of the memory is left to buffers outside the heap.
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=50", "-XX:AOTCache=/app/gateway.aot", \
    "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED", \
    "-jar", "/app/lib/llmservice-gateway.jar"]

FROM eclipse-temurin:25-jre AS operator

ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="llmservice-operator" \
      org.opencontainers.image.description="One Kubernetes resource that turns into a language model that answers" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="Apache-2.0"

COPY LICENSE /licenses/LICENSE
COPY operator/target/operator/lib /app/lib

# A start without a cluster, ended after a while: what it loads and compiles goes into a cache, with which later starts
# take half the time. Heap and collector must be those of the entry point.
RUN KUBERNETES_MASTER=http://127.0.0.1:1 timeout 20 java -XX:+UseSerialGC -XX:MaxRAMPercentage=60 \
        -XX:AOTCacheOutput=/app/operator.aot -jar /app/lib/llmservice-operator.jar; \
    test -s /app/operator.aot

# Any user but root; the number is that of the chart's securityContext.
USER 65532:65532
WORKDIR /app
EXPOSE 8080 6443

# One small heap in a small container: the serial collector needs the least. The root file system is read-only, so no
# performance data in /tmp. Further options go into JAVA_TOOL_OPTIONS.
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=60", "-XX:AOTCache=/app/operator.aot", \
    "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData", "-jar", "/app/lib/llmservice-operator.jar"]
