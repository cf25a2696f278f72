package io.llmservice.gateway.aws;

import io.llmservice.gateway.request.RequestScan;
import io.llmservice.gateway.translate.AnswerHead;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Gives answers that upstreams give no id of OpenAI's form an id. */
record AnswerHeads(InstantSource clock, RandomGenerator random) {

    private static final int ID_BYTES = 12;

    AnswerHead next(RequestScan scan) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return new AnswerHead(
                "chatcmpl-" + HexFormat.of().formatHex(id),
                clock.instant().getEpochSecond(),
                scan.model().orElse(""));
    }
}
