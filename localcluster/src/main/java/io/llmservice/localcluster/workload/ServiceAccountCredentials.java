package io.llmservice.localcluster.workload;

import java.nio.file.Path;
import java.util.Optional;

/** The identity that a pod has towards the API server. */
@FunctionalInterface
public interface ServiceAccountCredentials {
    /**
     * Gets a token that is bound to the pod and writes a kubeconfig with it into the pod's directory; good for an hour.
     *
     * @return the file, or empty if the pod asked for no token to be mounted
     */
    Optional<Path> kubeconfig();
}
