package io.llmservice.operator.report;

import io.llmservice.planner.decision.Reason;

/**
 * One condition before it has a time.
 *
 * @param status True, False or Unknown
 */
record Finding(ConditionType type, String status, Reason reason, String message) {

    static Finding good(ConditionType type, Reason reason, String message) {
        return new Finding(type, "True", reason, message);
    }

    static Finding bad(ConditionType type, Reason reason, String message) {
        return new Finding(type, "False", reason, message);
    }

    static Finding unknown(ConditionType type, Reason reason, String message) {
        return new Finding(type, "Unknown", reason, message);
    }

    boolean isGood() {
        return status.equals("True");
    }
}
