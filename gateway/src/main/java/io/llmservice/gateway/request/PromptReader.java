package io.llmservice.gateway.request;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;

/**
 * Takes in the texts of a prompt in their order: counts their characters and hashes each whole block of them. Keeps one
 * block of text at a time, and nothing of it once the scan is over.
 */
final class PromptReader extends Writer {

    /** Characters of one block; some hundred tokens, several of an engine's cache blocks. */
    static final int BLOCK = 512;

    /** Blocks that are hashed; a longer prompt's tail does not help to tell prefixes apart. */
    private static final int MAX_BLOCKS = 4096;

    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final char BETWEEN = '\u0001';

    private final char[] block = new char[BLOCK];
    private int filled;
    private long[] hashes = new long[16];
    private int blocks;
    private int characters;
    private int images;

    /** Takes in one value of the prompt, whatever its form; the parser stands on its first token. */
    void take(JsonParser parser) throws IOException {
        int depth = 0;
        JsonToken token = parser.currentToken();
        while (token != null) {
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else {
                scalar(parser, token);
            }
            if (depth == 0) {
                return;
            }
            token = parser.nextToken();
        }
    }

    private void scalar(JsonParser parser, JsonToken token) throws IOException {
        switch (token) {
            case VALUE_STRING -> {
                int before = characters;
                parser.getText(this);
                if (characters - before > BLOCK && images > 0) {
                    characters = before; // the image was hashed; its base64 is no text
                }
                images = 0;
                put(BETWEEN);
            }
            case FIELD_NAME -> {
                String name = parser.currentName();
                images = name.equals("url") || name.equals("data") ? 1 : 0;
                write(name, 0, name.length());
                characters -= name.length();
            }
            case VALUE_NUMBER_INT -> tokenId(parser);
            default -> put(BETWEEN);
        }
    }

    /** A prompt may be a list of token ids. */
    private void tokenId(JsonParser parser) throws IOException {
        long id = parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? -1 : parser.getLongValue();
        put((char) id);
        put((char) (id >>> 16));
        characters += 4;
    }

    private void put(char c) {
        block[filled++] = c;
        if (filled == BLOCK) {
            close(block);
        }
    }

    @Override
    public void write(char[] text, int offset, int length) {
        characters += length;
        int from = offset;
        int left = length;
        while (left > 0 && blocks < MAX_BLOCKS) {
            int part = Math.min(left, BLOCK - filled);
            System.arraycopy(text, from, block, filled, part);
            filled += part;
            from += part;
            left -= part;
            if (filled == BLOCK) {
                close(block);
            }
        }
    }

    private void close(char[] full) {
        filled = 0;
        if (blocks == MAX_BLOCKS) {
            return;
        }
        long hash = BLOCK;
        for (int i = 0; i < BLOCK; i += 4) {
            long four = full[i] | (long) full[i + 1] << 16 | (long) full[i + 2] << 32 | (long) full[i + 3] << 48;
            hash = (Long.rotateLeft(hash, 27) ^ four) * MIX;
        }
        if (blocks == hashes.length) {
            hashes = Arrays.copyOf(hashes, hashes.length * 2);
        }
        hashes[blocks++] = hash;
    }

    /** The blocks' hashes, each chained to those before it and the first to the model. */
    PrefixBlocks blocks(String model) {
        if (blocks == 0) {
            return PrefixBlocks.NONE;
        }
        long chain = mix(model.hashCode() * MIX);
        long[] chained = new long[blocks];
        for (int i = 0; i < blocks; i++) {
            chain = mix(chain * 31 + hashes[i]);
            chained[i] = chain;
        }
        return new PrefixBlocks(chained);
    }

    int characters() {
        return characters;
    }

    /** The finalizer of SplitMix64, which spreads every bit over all others. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
