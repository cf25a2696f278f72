package io.llmservice.planner.vllm;

/** Why an entry of {@code spec.engine.vllm.extraArgs} can't be passed on as it is. */
public sealed interface Finding permits Finding.OwnedByOperator, Finding.NeedsAdministrator, Problem {
    /** The position in the list, from 0. */
    int index();

    /** One sentence for the user that says what to do instead. */
    String message();

    /**
     * The operator renders this flag itself.
     *
     * @param flag the flag's long name, however it was spelled
     * @param instead the field to use, such as {@code spec.model.contextLength}; empty if nobody is to set it
     * @param reason why the operator sets it, for a flag without a field
     */
    record OwnedByOperator(int index, String flag, String instead, String reason) implements Finding {
        @Override
        public String message() {
            return instead.isEmpty()
                    ? flag + " is set by the operator (" + reason + "); remove it from extraArgs."
                    : flag + " is set by the operator; use " + instead + " instead.";
        }
    }

    /**
     * This flag runs code, reads or writes files, or opens the network, which only an administrator may allow.
     *
     * @param flag the flag's long name, with the JSON key where only that key is meant
     * @param reason what it would do, as a verb phrase
     */
    record NeedsAdministrator(int index, String flag, String reason) implements Finding {
        @Override
        public String message() {
            return flag + " " + reason + "; an administrator must allow it in the operator's settings.";
        }
    }
}
