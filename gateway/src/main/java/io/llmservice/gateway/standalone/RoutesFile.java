package io.llmservice.gateway.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.llmservice.api.v1alpha1.FallbackMode;
import io.llmservice.api.v1alpha1.FallbackSpec;
import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.api.v1alpha1.GatewaySpec;
import io.llmservice.gateway.route.PodEndpoint;
import io.llmservice.gateway.route.RouteTable;
import io.llmservice.gateway.route.ServiceKey;
import io.llmservice.gateway.route.ServiceRoute;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads routes from a YAML file: models, the servers that have them, and what to do while those can't answer. */
public final class RoutesFile {

    /** A file has no cluster and so no namespaces. */
    static final String NAMESPACE = "default";

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    private RoutesFile() {}

    /** Reads a file. Every server in it counts as ready until it is found not to be. */
    public static RouteTable read(Path file) throws RoutesFileException {
        try {
            return parse(Files.readString(file));
        } catch (IOException unreadable) {
            throw new RoutesFileException(file + " can't be read: " + unreadable.getMessage());
        }
    }

    static RouteTable parse(String text) throws RoutesFileException {
        RoutesDocument document = document(text);
        if (document.models().isEmpty()) {
            throw new RoutesFileException(
                    "models is empty; name at least one: models: [{name: …, upstreams: [http://…]}]");
        }
        var names = new HashSet<String>();
        var routes = new ArrayList<ServiceRoute>();
        for (RoutesDocument.Model model : document.models()) {
            String name = model.name();
            if (name == null || name.isBlank()) {
                throw new RoutesFileException("models[%d].name is missing".formatted(routes.size()));
            }
            if (!names.add(serviceName(name))) {
                throw new RoutesFileException("models[%d].name is there twice: %s".formatted(routes.size(), name));
            }
            routes.add(route(name, model, "models[%d]".formatted(routes.size())));
        }
        return RouteTable.of(routes);
    }

    private static RoutesDocument document(String text) throws RoutesFileException {
        try {
            RoutesDocument document = YAML.readValue(text, RoutesDocument.class);
            if (document == null) {
                throw new RoutesFileException(
                        "the file is empty; it must hold models: [{name: …, upstreams: [http://…]}]");
            }
            return document;
        } catch (UnrecognizedPropertyException unknown) {
            String known =
                    unknown.getKnownPropertyIds().stream().map(Object::toString).collect(Collectors.joining(", "));
            throw new RoutesFileException(
                    "%s is no field that there is; there are: %s".formatted(place(unknown), known));
        } catch (JsonMappingException wrong) {
            if (wrong.getCause() instanceof JsonProcessingException broken
                    && !(broken instanceof JsonMappingException)) {
                throw new RoutesFileException("the file is not YAML: " + broken.getOriginalMessage());
            }
            throw new RoutesFileException("%s: %s".formatted(place(wrong), wrong.getOriginalMessage()));
        } catch (JsonProcessingException broken) {
            throw new RoutesFileException("the file is not YAML: " + broken.getOriginalMessage());
        }
    }

    private static String place(JsonMappingException failure) {
        return failure.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static ServiceRoute route(String model, RoutesDocument.Model entry, String place)
            throws RoutesFileException {
        var pods = new ArrayList<PodEndpoint>();
        for (String upstream : entry.upstreams()) {
            pods.add(pod(upstream, place + ".upstreams[" + pods.size() + "]"));
        }
        FallbackSpec fallback = entry.fallback();
        if (fallback != null) {
            check(fallback, place + ".fallback");
        } else if (pods.isEmpty()) {
            throw new RoutesFileException(place + " has neither upstreams nor a fallback; name at least one");
        }
        String name = serviceName(model);
        return new ServiceRoute(
                new ServiceKey(NAMESPACE, name),
                "file/" + name,
                model,
                "1970-01-01T00:00:00Z",
                fallback == null ? FallbackMode.AUTOMATIC : fallback.mode(),
                Optional.ofNullable(fallback),
                Objects.requireNonNullElseGet(entry.gateway(), GatewaySpec::defaults),
                pods,
                0,
                Map.of());
    }

    private static PodEndpoint pod(String upstream, String place) throws RoutesFileException {
        URI url;
        try {
            url = URI.create(upstream);
        } catch (IllegalArgumentException strange) {
            throw new RoutesFileException(place + " is no address; write http://host:port");
        }
        boolean plain = "http".equals(url.getScheme())
                && url.getHost() != null
                && (url.getRawPath() == null
                        || url.getRawPath().isEmpty()
                        || url.getRawPath().equals("/"));
        if (!plain) {
            throw new RoutesFileException(
                    place
                            + " must be http://host:port without a path; another kind of server can be a target, under fallback.targets[].openAi");
        }
        int port = url.getPort() < 0 ? 80 : url.getPort();
        String host = url.getHost().replaceAll("[\\[\\]]", "");
        return new PodEndpoint(url.getHost() + ":" + port, host + ":" + port, host, port, true, false);
    }

    private static void check(FallbackSpec fallback, String place) throws RoutesFileException {
        var names = new HashSet<String>();
        if (fallback.targets().isEmpty()) {
            throw new RoutesFileException(place + ".targets is empty; name at least one, or leave fallback out");
        }
        for (int i = 0; i < fallback.targets().size(); i++) {
            FallbackTarget target = fallback.targets().get(i);
            String at = place + ".targets[" + i + "]";
            if (target.name() == null || !names.add(target.name())) {
                throw new RoutesFileException(at + ".name is missing or there twice");
            }
            long kinds = Stream.of(target.sageMaker(), target.bedrock(), target.openAi(), target.llmService())
                    .filter(Objects::nonNull)
                    .count();
            if (kinds != 1) {
                throw new RoutesFileException(at + " needs exactly one of sageMaker, bedrock, openAi, llmService");
            }
        }
    }

    /** A model's name may hold slashes; a service's in a path may not. */
    private static String serviceName(String model) {
        return model.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }
}
