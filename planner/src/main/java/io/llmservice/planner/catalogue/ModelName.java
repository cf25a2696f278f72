package io.llmservice.planner.catalogue;

import io.llmservice.api.v1alpha1.Quantization;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Hugging Face repository's name taken apart: the model it is a copy of, and the weight format that the name tells. */
record ModelName(String base, Optional<WeightFormat> format) {
    /** Words that tell how a copy was tuned or stored, never which architecture it has. */
    private static final Set<String> VARIANT_WORDS = Set.of(
            "instruct",
            "it",
            "pt",
            "chat",
            "hf",
            "base",
            "meta",
            "awq",
            "gptq",
            "fp8",
            "nvfp4",
            "mxfp4",
            "int4",
            "int8",
            "4bit",
            "8bit",
            "bnb",
            "bitsandbytes",
            "w4a16",
            "w8a8",
            "w8a16",
            "quantized",
            "dynamic",
            "gguf",
            "g128",
            "marlin",
            "ct",
            "qat",
            "unsloth",
            "autoround",
            "fp16",
            "bf16");

    private static final Pattern SEPARATORS = Pattern.compile("[-_]|\\.(?=w\\da)");

    static ModelName parse(String repository) {
        String name = repository.substring(repository.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        List<String> words = List.of(SEPARATORS.split(name));
        String base = words.stream()
                .filter(word -> !VARIANT_WORDS.contains(word))
                .flatMap(ModelName::spelled)
                .collect(Collectors.joining("-"));
        return new ModelName(base, format(words));
    }

    /** {@code llama3.1} and {@code llama-3.1} are one spelling. */
    private static Stream<String> spelled(String word) {
        return word.matches("llama\\d(\\.\\d)?") ? Stream.of("llama", word.substring(5)) : Stream.of(word);
    }

    private static Optional<WeightFormat> format(List<String> words) {
        boolean eight = words.contains("8bit") || words.contains("int8") || words.contains("w8a16");
        if (words.contains("awq")) {
            return Optional.of(WeightFormat.of(Quantization.AWQ));
        } else if (words.contains("gptq")) {
            return Optional.of(new WeightFormat(Quantization.GPTQ, eight ? 8 : 4));
        } else if (words.contains("fp8")) {
            return Optional.of(WeightFormat.of(Quantization.FP8));
        } else if (words.contains("nvfp4")) {
            return Optional.of(WeightFormat.of(Quantization.NVFP4));
        } else if (words.contains("mxfp4")) {
            return Optional.of(WeightFormat.of(Quantization.MXFP4));
        } else if (words.contains("bnb") || words.contains("bitsandbytes")) {
            return Optional.of(new WeightFormat(Quantization.BITSANDBYTES, eight ? 8 : 4));
        } else if (words.contains("w4a16") || words.contains("int4")) {
            return Optional.of(new WeightFormat(Quantization.COMPRESSED_TENSORS, 4));
        } else if (words.contains("w8a8") || words.contains("w8a16") || words.contains("int8")) {
            return Optional.of(new WeightFormat(Quantization.COMPRESSED_TENSORS, 8));
        }
        return Optional.empty();
    }
}
