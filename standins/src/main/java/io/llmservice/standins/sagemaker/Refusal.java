package io.llmservice.standins.sagemaker;

/** An error in the form of AWS JSON 1.1. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String type;

    Refusal(String type, String message) {
        super(message);
        this.type = type;
    }

    static Refusal missing(String kind, String name) {
        return new Refusal("ValidationException", "Could not find %s \"%s\".".formatted(kind, name));
    }

    static Refusal exists(String kind, String arn) {
        return new Refusal("ValidationException", "Cannot create already existing %s \"%s\".".formatted(kind, arn));
    }

    static Refusal inProgress(String arn) {
        return new Refusal("ValidationException", "Cannot update in-progress endpoint \"%s\".".formatted(arn));
    }

    static Refusal denied(String action) {
        return new Refusal(
                "AccessDeniedException",
                ("User: arn:aws:sts::111122223333:assumed-role/operator/x is not authorized to perform: %s on resource: *"
                                + " because no identity-based policy allows the %s action")
                        .formatted(action, action));
    }

    String type() {
        return type;
    }
}
