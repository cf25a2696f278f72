package io.llmservice.localcluster.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What to start: a command with its own environment, and where its output goes.
 *
 * @param name how the process is called in records and messages, unique in its run directory
 * @param command the executable and its arguments
 * @param environment variables beside the few that every child gets (PATH, HOME and the like)
 * @param directory the working directory
 * @param log the file that standard output and error are appended to
 */
public record ProgramSpec(
        String name, List<String> command, Map<String, String> environment, Path directory, Path log) {
    public ProgramSpec {
        Objects.requireNonNull(name);
        command = List.copyOf(command);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("no command for " + name);
        }
        environment = Map.copyOf(environment);
    }
}
