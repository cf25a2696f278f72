package io.llmservice.localcluster.engine;

import io.llmservice.localcluster.workload.WorkloadContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a container of a vLLM image would run: the arguments of {@code vllm serve}, and the version of the image. */
final class EngineImage {
    private static final Pattern TAG = Pattern.compile(":v?(\\d+\\.\\d+(\\.\\d+)?)[^/]*$");
    private static final List<String> ENTRY_POINT = List.of("vllm", "serve");

    private EngineImage() {}

    /** The arguments after {@code vllm serve}, whether those words are the image's, the command's or the arguments'. */
    static List<String> arguments(WorkloadContext context) {
        List<String> all = new ArrayList<>(context.command());
        all.addAll(context.arguments());
        int end = all.indexOf("serve");
        boolean named = end >= 0 && end < 3 && (end == 0 || all.get(end - 1).endsWith(ENTRY_POINT.getFirst()));
        return List.copyOf(all.subList(named ? end + 1 : 0, all.size()));
    }

    /** The container's environment, with the version in the image's tag where the environment names none. */
    static Map<String, String> environment(WorkloadContext context) {
        Map<String, String> environment = new HashMap<>(context.environment());
        Matcher tag = TAG.matcher(context.container().getImage());
        if (tag.find()) {
            environment.putIfAbsent("SIMULATOR_VLLM_VERSION", tag.group(1));
        }
        return environment;
    }
}
