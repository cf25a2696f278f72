package io.llmservice.planner.catalogue;

import io.llmservice.api.v1alpha1.DataType;
import io.llmservice.api.v1alpha1.Quantization;
import java.util.Locale;

/** How weights are stored: the quantization and its bits, and so the bytes of one weight with its scales. */
public record WeightFormat(Quantization quantization, int bits) {
    /** Scale of 16 bits and zero point of 4 for each group of 128 weights. */
    private static final double GROUP_128_BYTES = 2.5 / 128;

    public WeightFormat {
        if (bits != 4 && bits != 8 && bits != 16) {
            throw new IllegalArgumentException("weights have 4, 8 or 16 bits, not " + bits);
        }
        if ((quantization == Quantization.NONE) != (bits == 16)) {
            throw new IllegalArgumentException("16 bits and no quantization go together");
        }
    }

    /** The format that the word alone stands for; compressedTensors may be anything and is taken as the larger, 8 bits. */
    public static WeightFormat of(Quantization quantization) {
        return switch (quantization) {
            case NONE -> new WeightFormat(quantization, 16);
            case AWQ, GPTQ, MXFP4, NVFP4, BITSANDBYTES -> new WeightFormat(quantization, 4);
            case FP8, INT8, COMPRESSED_TENSORS -> new WeightFormat(quantization, 8);
        };
    }

    /** Bytes of one quantized weight with its share of scales; the data type decides where nothing is quantized. */
    public double bytesPerWeight(DataType dataType) {
        return switch (quantization) {
            case NONE -> bytesOf(dataType);
            case AWQ, GPTQ -> bits / 8.0 + GROUP_128_BYTES;
            case COMPRESSED_TENSORS -> bits == 4 ? 0.5 + GROUP_128_BYTES : 1.0;
            case FP8, INT8 -> 1.0;
            case MXFP4 -> 0.5 + 1.0 / 32; // one byte of scale for 32 weights
            case NVFP4 -> 0.5 + 1.0 / 16; // one byte of scale for 16 weights
            case BITSANDBYTES -> bits == 4 ? 0.53 : 1.0; // NF4 with its doubly quantized scales
        };
    }

    /** Bytes of a value that is not quantized. */
    public static int bytesOf(DataType dataType) {
        return dataType == DataType.FLOAT32 ? 4 : 2;
    }

    /** The words a person knows: {@code 16 bit}, {@code 4-bit awq}. */
    public String words() {
        return switch (quantization) {
            case NONE -> "unquantized";
            case COMPRESSED_TENSORS -> bits + "-bit compressedTensors";
            case AWQ, GPTQ, FP8, INT8, MXFP4, NVFP4, BITSANDBYTES ->
                bits + "-bit " + quantization.name().toLowerCase(Locale.ROOT);
        };
    }
}
