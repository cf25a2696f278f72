package io.llmservice.localcluster.binaries;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A small change to one source file of a program, made in a copy of its module from which it is then built.
 *
 * @param name goes into the name of the cache directory, so that the unchanged program is not taken for this one
 * @param file the file inside the module
 * @param text what is replaced, wherever it occurs
 * @param replacement what stands there instead
 */
record SourcePatch(String name, String file, String text, String replacement) {
    /**
     * Copies a module and changes the copy.
     *
     * @param module the directory of the module's files
     * @param copy the directory to make
     * @throws IllegalStateException if the text is not there, as after an update of the module
     */
    void apply(Path module, Path copy) throws IOException {
        String source = Files.readString(module.resolve(file));
        if (!source.contains(text)) {
            throw new IllegalStateException("The patch " + name + " no longer fits " + module.resolve(file));
        }
        try (Stream<Path> originals = Files.walk(module)) {
            for (Path original : originals.toList()) {
                Path target = copy.resolve(module.relativize(original).toString());
                if (Files.isDirectory(original)) {
                    Files.createDirectories(target);
                } else {
                    // Not Files.copy: what Go caches is read-only, and so would the copy be.
                    Files.write(target, Files.readAllBytes(original));
                }
            }
        }
        Files.writeString(copy.resolve(file), source.replace(text, replacement));
    }
}
