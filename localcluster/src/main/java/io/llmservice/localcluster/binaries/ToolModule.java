package io.llmservice.localcluster.binaries;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Go module among the resources that pins, with checksums, the modules that programs or CRDs come from. */
record ToolModule(String name) {
    private static final List<String> FILES = List.of("go.mod", "go.sum", "tools.go");

    static ToolModule named(String name) {
        return new ToolModule(name);
    }

    /** The version in this module's {@code require} of {@code goModule}. */
    String requiredVersion(String goModule) {
        String goMod = new String(read("go.mod"), StandardCharsets.UTF_8);
        Matcher required = Pattern.compile("(?m)^(?:require)?\\s*" + Pattern.quote(goModule) + "\\s+(v\\S+)")
                .matcher(goMod);
        if (!required.find()) {
            throw new IllegalStateException("go/" + name + "/go.mod does not require " + goModule);
        }
        return required.group(1);
    }

    /** Writes the module's files into {@code directory}, where the go command can use them. */
    void unpack(Path directory) {
        try {
            Files.createDirectories(directory);
            for (String file : FILES) {
                if (exists(file)) {
                    Files.write(directory.resolve(file), read(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write the Go module " + name + " to " + directory, e);
        }
    }

    private boolean exists(String file) {
        return ToolModule.class.getResource(resource(file)) != null;
    }

    private byte[] read(String file) {
        try (InputStream in = ToolModule.class.getResourceAsStream(resource(file))) {
            if (in == null) {
                throw new IllegalStateException("Missing resource " + resource(file));
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + resource(file), e);
        }
    }

    private String resource(String file) {
        return "/go/" + name + "/" + file;
    }
}
