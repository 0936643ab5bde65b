package io.carousel.text;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A tokenizer of a {@link TokenizerProvider} on the class path.
 *
 * <p>As JSON it keeps the provider's name, options and version; read where that provider has another version, it says so in a
 * warning of the log.
 */
@JsonTypeName("provided")
@JsonPropertyOrder({"name", "version", "options"})
public final class ProvidedTokenizer implements Tokenizer {
    private static final System.Logger LOG = System.getLogger(ProvidedTokenizer.class.getName());

    private final String name;
    private final String version;
    private final Map<String, String> options;

    @JsonIgnore
    private final TokenizerProvider.Cutter cutter;

    /**
     * The tokenizer of that name.
     *
     * @param version that it had; null for the one that is there
     * @throws IllegalArgumentException when nothing on the class path has that name, or an option does not fit
     */
    public ProvidedTokenizer(
            @JsonProperty("name") String name,
            @JsonProperty("version") @Nullable String version,
            @JsonProperty("options") @Nullable Map<String, String> options) {
        TokenizerProvider provider = provider(name);
        this.name = name;
        this.version = provider.version();
        this.options = options == null ? Map.of() : Map.copyOf(options);
        this.cutter = provider.create(this.options);
        if (version != null && !version.equals(this.version)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "tokenizer {0} was of {1} and is of {2} now, which may cut some texts otherwise",
                    name,
                    version,
                    this.version);
        }
    }

    private static TokenizerProvider provider(String name) {
        Map<String, TokenizerProvider> found = new TreeMap<>();
        ServiceLoader.load(TokenizerProvider.class).forEach(each -> found.putIfAbsent(each.name(), each));
        TokenizerProvider provider = found.get(name);
        if (provider == null) {
            throw new IllegalArgumentException("tokenizer " + name + " must be on the class path, found "
                    + (found.isEmpty() ? "none" : "only " + found.keySet()) + "; add the module that brings it");
        }
        return provider;
    }

    @JsonProperty
    public String name() {
        return name;
    }

    @JsonProperty
    public String version() {
        return version;
    }

    @JsonProperty
    public Map<String, String> options() {
        return new TreeMap<>(options);
    }

    @Override
    public List<String> tokens(String text) {
        return cutter.tokens(text);
    }

    @Override
    public String text(List<String> tokens) {
        return cutter.text(tokens);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProvidedTokenizer tokenizer
                && name.equals(tokenizer.name)
                && version.equals(tokenizer.version)
                && options.equals(tokenizer.options);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + options.hashCode();
    }

    @Override
    public String toString() {
        return name + options();
    }
}
