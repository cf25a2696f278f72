package io.llmservice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A proxy under test, as a process of its own in front of mock pods. */
final class Proxy implements AutoCloseable {

    private static final long START_MILLIS = 30_000;

    private final String name;
    private final Process process;
    private final int port;

    private Proxy(String name, Process process, int port) {
        this.name = name;
        this.process = process;
        this.port = port;
    }

    static Proxy gateway(Path checkout, Path directory, List<Integer> pods, Optional<Integer> fallback) {
        int port = freePort();
        var routes = write(
                directory.resolve("routes.yaml"),
                """
                models:
                  - name: bench
                    upstreams: [%s]
                """.formatted(urls(pods)) + fallback.map(Proxy::fallback).orElse(""));
        return start(
                "gateway",
                directory,
                port,
                List.of(
                        checkout.resolve("gateway/bin/llm-gateway").toString(),
                        "--port",
                        String.valueOf(port),
                        "--admin-port",
                        String.valueOf(freePort()),
                        "--routes",
                        routes.toString()));
    }

    /** The settings that make nginx a fair opponent for streams: no buffering, keep-alive to the pods, one retry. */
    static Proxy nginx(Path directory, List<Integer> pods) {
        int port = freePort();
        var servers = pods.stream().map(pod -> "server 127.0.0.1:" + pod + ";").collect(Collectors.joining(" "));
        var config = write(directory.resolve("nginx.conf"), """
                daemon off; worker_processes 1; pid %1$s/nginx.pid; error_log %1$s/nginx-error.log crit;
                events { worker_connections 8192; }
                http {
                  access_log off; client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi; uwsgi_temp_path %1$s/uwsgi; scgi_temp_path %1$s/scgi;
                  client_body_buffer_size 512k; client_max_body_size 64m; keepalive_requests 1000000; tcp_nodelay on;
                  upstream pods { least_conn; keepalive 512; keepalive_requests 1000000; %2$s }
                  server { listen 127.0.0.1:%3$d; location / {
                    proxy_pass http://pods; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off;
                    proxy_next_upstream error timeout http_502 http_503 http_504 non_idempotent; proxy_read_timeout 600s; } }
                }
                """.formatted(directory.toAbsolutePath(), servers, port));
        return start(
                "nginx",
                directory,
                port,
                List.of(
                        "nginx",
                        "-p",
                        directory.toString(),
                        "-c",
                        config.toAbsolutePath().toString()));
    }

    /** HAProxy sends small writes at once only with http-no-delay. */
    static Proxy haProxy(Path directory, List<Integer> pods) {
        int port = freePort();
        var servers = new StringBuilder();
        pods.forEach(pod -> servers.append("  server p%1$d 127.0.0.1:%1$d maxconn 4000%n".formatted(pod)));
        var config = write(directory.resolve("haproxy.cfg"), """
                global
                  maxconn 8000
                  nbthread 1
                defaults
                  mode http
                  option http-no-delay
                  option redispatch
                  retries 2
                  http-reuse always
                  timeout connect 5s
                  timeout client 600s
                  timeout server 600s
                frontend f
                  bind 127.0.0.1:%d
                  default_backend b
                backend b
                  balance leastconn
                %s""".formatted(port, servers));
        return start(
                "HAProxy",
                directory,
                port,
                List.of("haproxy", "-db", "-f", config.toAbsolutePath().toString()));
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Proxy start(String name, Path directory, int port, List<String> command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve(name + ".log").toFile())
                    .start();
            awaitListening(name, port, process);
            return new Proxy(name, process, port);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " does not start", e);
        }
    }

    private static void awaitListening(String name, int port, Process process) {
        long end = System.currentTimeMillis() + START_MILLIS;
        while (System.currentTimeMillis() < end && process.isAlive()) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
                return;
            } catch (IOException notYet) {
                pause();
            }
        }
        throw new IllegalStateException(name + " does not listen; see its log");
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String fallback(int port) {
        return """
                    fallback:
                      targets:
                        - name: vendor
                          openAi: {url: "http://127.0.0.1:%d/v1"}
                """.formatted(port);
    }

    private static String urls(List<Integer> pods) {
        return pods.stream().map(pod -> "\"http://127.0.0.1:" + pod + "\"").collect(Collectors.joining(", "));
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
