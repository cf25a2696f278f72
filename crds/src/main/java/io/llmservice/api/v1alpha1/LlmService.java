package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/**
 * One served model: the custom resource {@code LlmService}. It implements {@link HasMetadata} itself, so that whoever
 * reads the API needs the Kubernetes model and not the client. The setters are the client library's; everything below
 * {@code spec} and {@code status} is immutable.
 */
@Group(LlmService.GROUP)
@Version(LlmService.VERSION)
@Kind(LlmService.KIND)
@Singular("llmservice")
@Plural("llmservices")
@ShortNames("llm")
@Categories("all")
@AdditionalPrinterColumn(name = "Model", jsonPath = ".status.model", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Ready replicas",
        jsonPath = ".status.replicas.ready",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Desired",
        jsonPath = ".status.replicas.desired",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Instance",
        jsonPath = ".status.plan.instanceType",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "GPUs", jsonPath = ".status.replicas.gpus", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Reason",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Breaker",
        jsonPath = ".status.breaker.state",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "Endpoint",
        jsonPath = ".status.endpoint",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Plan",
        jsonPath = ".status.plan.summary",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@ValidationRule(
        value = "self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$') && self.metadata.name.size() <= "
                + LlmService.MAX_NAME_LENGTH,
        message = "metadata.name must start with a letter, hold only a-z, 0-9 and '-', and have at most "
                + LlmService.MAX_NAME_LENGTH
                + " characters, because the Service and the pods carry it; choose a shorter name")
@JsonPropertyOrder({"apiVersion", "kind", "metadata", "spec", "status"})
@JsonInclude(JsonInclude.Include.NON_NULL)
// Without it Jackson asks fabric8's registry of kinds, which does not know this one.
@JsonDeserialize(using = JsonDeserializer.None.class)
public final class LlmService implements HasMetadata, Namespaced {

    public static final String GROUP = "llmservice.io";
    public static final String VERSION = "v1alpha1";
    public static final String API_VERSION = GROUP + "/" + VERSION;
    public static final String KIND = "LlmService";

    /** Children add up to 13 characters of their own, and a Service's name ends at 63. */
    public static final int MAX_NAME_LENGTH = 50;

    private String apiVersion = API_VERSION;
    private String kind = KIND;
    private ObjectMeta metadata = new ObjectMeta();

    @Required
    @JsonPropertyDescription("What is asked for.")
    private @Nullable LlmServiceSpec spec;

    @JsonPropertyDescription("What the operator saw and decided.")
    private @Nullable LlmServiceStatus status;

    @Override
    public String getApiVersion() {
        return apiVersion;
    }

    @Override
    public void setApiVersion(String apiVersion) {
        this.apiVersion = apiVersion;
    }

    @Override
    public String getKind() {
        return kind;
    }

    public void setKind(String kind) {
        this.kind = kind;
    }

    @Override
    public ObjectMeta getMetadata() {
        return metadata;
    }

    @Override
    public void setMetadata(ObjectMeta metadata) {
        this.metadata = metadata;
    }

    public @Nullable LlmServiceSpec getSpec() {
        return spec;
    }

    public void setSpec(@Nullable LlmServiceSpec spec) {
        this.spec = spec;
    }

    public @Nullable LlmServiceStatus getStatus() {
        return status;
    }

    public void setStatus(@Nullable LlmServiceStatus status) {
        this.status = status;
    }
}
