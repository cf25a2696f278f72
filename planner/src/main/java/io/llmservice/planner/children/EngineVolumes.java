package io.llmservice.planner.children;

import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSourceBuilder;
import io.fabric8.kubernetes.api.model.ImageVolumeSource;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.llmservice.api.v1alpha1.ModelSource;
import java.util.ArrayList;
import java.util.List;

/** The directories of the engine: shared memory, caches and weights. Everything else is read-only. */
final class EngineVolumes {

    /** Home of the engine's user, and of all its caches. */
    static final String HOME = "/home/engine";

    /** Where a volume that brings the weights is mounted. */
    static final String MODEL = "/model";

    private static final String SHARED_MEMORY = "shared-memory";
    private static final String CACHE = "cache";
    private static final String TEMPORARY = "tmp";
    private static final String WEIGHTS = "weights";
    private static final int TEMPORARY_GIB = 4;

    private EngineVolumes() {}

    static List<Volume> volumes(ChildContext context) {
        var replica = context.plan().replica();
        var volumes = new ArrayList<Volume>();
        volumes.add(empty(
                SHARED_MEMORY,
                new EmptyDirVolumeSourceBuilder()
                        .withMedium("Memory")
                        .withSizeLimit(new Quantity(mebibytes(replica.sharedMemoryMiB())))
                        .build()));
        volumes.add(empty(CACHE, sized(Math.max(1, replica.diskGiB() - TEMPORARY_GIB))));
        volumes.add(empty(TEMPORARY, sized(TEMPORARY_GIB)));
        var source = context.spec().model().source();
        if (source.persistentVolumeClaim() != null) {
            volumes.add(new VolumeBuilder()
                    .withName(WEIGHTS)
                    .withNewPersistentVolumeClaim(source.persistentVolumeClaim().claimName(), true)
                    .build());
        }
        if (source.image() != null) {
            volumes.add(new VolumeBuilder()
                    .withName(WEIGHTS)
                    .withImage(new ImageVolumeSource(null, source.image().reference()))
                    .build());
        }
        return volumes;
    }

    static List<VolumeMount> mounts(ChildContext context) {
        var mounts = new ArrayList<VolumeMount>();
        mounts.add(mount(SHARED_MEMORY, "/dev/shm"));
        mounts.add(mount(CACHE, HOME));
        mounts.add(mount(TEMPORARY, "/tmp"));
        if (mountsWeights(context.spec().model().source())) {
            mounts.add(new VolumeMountBuilder()
                    .withName(WEIGHTS)
                    .withMountPath(MODEL)
                    .withReadOnly(true)
                    .build());
        }
        return mounts;
    }

    /** A number of mebibytes as the API server writes it back. */
    static String mebibytes(int mebibytes) {
        return mebibytes % 1024 == 0 ? mebibytes / 1024 + "Gi" : mebibytes + "Mi";
    }

    private static boolean mountsWeights(ModelSource source) {
        return source.persistentVolumeClaim() != null || source.image() != null;
    }

    private static EmptyDirVolumeSource sized(int gibibytes) {
        return new EmptyDirVolumeSourceBuilder()
                .withSizeLimit(new Quantity(mebibytes(gibibytes * 1024)))
                .build();
    }

    private static Volume empty(String name, EmptyDirVolumeSource source) {
        return new VolumeBuilder().withName(name).withEmptyDir(source).build();
    }

    private static VolumeMount mount(String name, String path) {
        return new VolumeMountBuilder().withName(name).withMountPath(path).build();
    }
}
