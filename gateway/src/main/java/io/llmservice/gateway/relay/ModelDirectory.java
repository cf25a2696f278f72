package io.llmservice.gateway.relay;

import io.llmservice.gateway.limits.Admission;
import io.llmservice.gateway.request.Refusal;
import io.llmservice.gateway.route.RouteTable;
import io.llmservice.gateway.route.Routes;
import io.llmservice.gateway.route.ServiceKey;
import io.llmservice.gateway.route.ServiceRoute;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which models a client can ask for, and which service one of them is. */
public final class ModelDirectory {

    private static final int NAMED = 50;

    private final Routes routes;
    private final Admission admission;

    public ModelDirectory(Routes routes, Admission admission) {
        this.routes = routes;
        this.admission = admission;
    }

    /** Services that a key may see and that can be asked for by their model's name. */
    public List<ServiceRoute> visible(Optional<String> bearer) {
        RouteTable table = routes.table();
        return table.services().stream()
                .filter(route ->
                        table.byModel(route.model()).filter(route::equals).isPresent())
                .filter(route -> admission.maySee(route, bearer))
                .toList();
    }

    /** The one service of a path, if a key may see it. */
    public List<ServiceRoute> addressed(ServiceKey service, Optional<String> bearer) {
        return routes.table().byKey(service).filter(route -> admission.maySee(route, bearer)).stream()
                .toList();
    }

    /** The service that a path or a model's name means. */
    public Optional<ServiceRoute> find(Optional<ServiceKey> service, Optional<String> model) {
        RouteTable table = routes.table();
        return service.isPresent() ? table.byKey(service.get()) : model.flatMap(table::byModel);
    }

    /** What a client gets that asks for something else. */
    public Refusal unknown(Optional<ServiceKey> service, Optional<String> model, Optional<String> bearer) {
        if (service.isPresent()) {
            return Refusal.of(
                    404,
                    "invalid_request_error",
                    "model_not_found",
                    "There is no such service. Ask for a model at /v1/…, or see /v1/models. " + there(bearer));
        }
        if (model.isEmpty()) {
            return new Refusal(
                    400,
                    "invalid_request_error",
                    "invalid_request",
                    "The field 'model' is missing. " + there(bearer),
                    Optional.of("model"),
                    Optional.empty());
        }
        return new Refusal(
                404,
                "invalid_request_error",
                "model_not_found",
                "There is no model of that name. " + there(bearer),
                Optional.of("model"),
                Optional.empty());
    }

    private String there(Optional<String> bearer) {
        List<ServiceRoute> visible = visible(bearer);
        if (visible.isEmpty()) {
            return "There are no models that you may see; a key may be missing or wrong.";
        }
        String more = visible.size() > NAMED ? ", …" : "";
        return visible.stream()
                .limit(NAMED)
                .map(ServiceRoute::model)
                .collect(Collectors.joining(", ", "There are: ", more + "."));
    }
}
