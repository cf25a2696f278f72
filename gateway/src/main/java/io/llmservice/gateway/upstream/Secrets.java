package io.llmservice.gateway.upstream;

import io.llmservice.api.v1alpha1.SecretKeyReference;
import java.util.Optional;

/** Reads single values of the Secrets that services name. Never blocks, so that what is not known yet is absent. */
public interface Secrets {

    /** The value, or nothing while the Secret or the key in it does not exist. */
    Optional<String> value(String namespace, SecretKeyReference reference);
}
