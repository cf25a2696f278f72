package io.llmservice.localcluster.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/** The text of a kubeconfig for one user of the cluster, with everything embedded so that the file can be moved. */
public record Kubeconfig(String yaml) {
    static Kubeconfig withCertificate(String server, Path authority, CertificateAuthority.Identity identity) {
        String user = "client-certificate-data: %s\n    client-key-data: %s"
                .formatted(base64(identity.certificate()), base64(identity.key()));
        return of(server, authority, user);
    }

    static Kubeconfig withToken(String server, Path authority, String token) {
        return of(server, authority, "token: " + token);
    }

    private static Kubeconfig of(String server, Path authority, String user) {
        return new Kubeconfig("""
                apiVersion: v1
                kind: Config
                current-context: local
                clusters:
                - name: local
                  cluster:
                    server: %s
                    certificate-authority-data: %s
                users:
                - name: user
                  user:
                    %s
                contexts:
                - name: local
                  context:
                    cluster: local
                    user: user
                """.formatted(server, base64(authority), user));
    }

    /** Writes the file so that only its owner can read it, and a reader sees the old text or the new one. */
    public Path write(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path temporary = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(temporary);
            Files.createFile(
                    temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(temporary, yaml);
            return Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write " + file, e);
        }
    }

    /** The record holds credentials: they do not belong in logs. */
    @Override
    public String toString() {
        return "Kubeconfig[…]";
    }

    private static String base64(Path file) {
        try {
            return Base64.getEncoder().encodeToString(Files.readString(file).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + file, e);
        }
    }
}
