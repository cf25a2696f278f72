package io.llmservice.demo;

import io.llmservice.localcluster.process.RunDirectory;
import io.llmservice.localcluster.workload.LocalProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/** The gateway as a build leaves it, for a pod of the gateway's image to run as a process of this machine. */
final class GatewayProgram {

    private static final String LIBRARIES = "gateway/target/gateway/lib";
    private static final String JAR = "llmservice-gateway.jar";
    private static final String MAIN = "io.llmservice.gateway.Main";
    private static final Pattern IMAGE = Pattern.compile(".*llmservice-gateway.*");

    private GatewayProgram() {}

    /** Whether there is a program to run. */
    static boolean isBuilt(Path checkout) {
        var jar = checkout.resolve(LIBRARIES).resolve(JAR);
        if (!Files.exists(jar)) {
            return false;
        }
        try (var file = new JarFile(jar.toFile())) {
            return file.getEntry(MAIN.replace('.', '/') + ".class") != null;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + jar, e);
        }
    }

    static LocalProcess runtime(Path checkout, RunDirectory directory) {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                checkout.resolve(LIBRARIES).toAbsolutePath() + "/*",
                MAIN);
        return LocalProcess.program(IMAGE, directory, command);
    }
}
