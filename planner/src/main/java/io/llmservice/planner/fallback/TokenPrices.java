package io.llmservice.planner.fallback;

import io.llmservice.api.v1alpha1.BedrockEndpoint;
import io.llmservice.api.v1alpha1.BedrockTarget;
import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.api.v1alpha1.TokenPrice;
import io.llmservice.planner.catalogue.CsvTable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What tokens cost at a target: what the spec says, else the list price of the model on Amazon Bedrock if it is known. */
public final class TokenPrices {

    private static final String TABLE = "/io/llmservice/planner/fallback/bedrock-prices.csv";
    private static final String ANY_REGION = "*";

    private final Map<String, TokenPrice> prices;

    private TokenPrices(Map<String, TokenPrice> prices) {
        this.prices = prices;
    }

    /** The table that comes with the build. */
    public static TokenPrices shipped() {
        var prices = new HashMap<String, TokenPrice>();
        for (CsvTable.Row row : CsvTable.read(TABLE)) {
            prices.put(
                    key(row.text("region"), row.text("endpoint"), row.text("model_id")),
                    new TokenPrice(row.decimal("input_usd_per_1k"), row.decimal("output_usd_per_1k")));
        }
        return new TokenPrices(Map.copyOf(prices));
    }

    /** The price; empty if neither the spec nor the table knows one. A region's own row goes before that of all regions. */
    public Optional<TokenPrice> of(FallbackTarget target) {
        return Optional.ofNullable(target.price())
                .or(() -> Optional.ofNullable(target.bedrock()).flatMap(this::listed));
    }

    private Optional<TokenPrice> listed(BedrockTarget target) {
        String model = target.modelId().substring(target.modelId().lastIndexOf('/') + 1);
        String region = target.region() == null ? ANY_REGION : target.region();
        return row(region, target.endpoint(), model).or(() -> row(ANY_REGION, target.endpoint(), model));
    }

    /** What is not listed for bedrock-mantle costs what it costs elsewhere, as far as the table shows. */
    private Optional<TokenPrice> row(String region, BedrockEndpoint endpoint, String model) {
        Optional<TokenPrice> own = Optional.ofNullable(prices.get(key(region, endpoint.name(), model)));
        return own.or(() -> Optional.ofNullable(prices.get(key(region, BedrockEndpoint.RUNTIME.name(), model))));
    }

    private static String key(String region, String endpoint, String model) {
        return region + " " + endpoint + " " + model;
    }
}
