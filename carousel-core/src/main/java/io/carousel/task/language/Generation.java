package io.carousel.task.language;

import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.task.TokenSampler;
import io.carousel.task.language.GeneratedText.Ending;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One text on its way. */
final class Generation {
    private final Network network;
    private final TextCode code;
    private final Kernels kernels;
    private final GenerationOptions options;
    private final GenerationListener listener;
    private final boolean kept;
    private final @Nullable Integer stop;
    private final List<WrittenToken> tokens = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private double sum;

    Generation(
            Network network, TextCode code, Kernels kernels, GenerationOptions options, GenerationListener listener) {
        this.network = network;
        this.code = code;
        this.kernels = kernels;
        this.options = options;
        this.listener = listener;
        kept = listener.kept();
        String symbol = options.stop();
        if (symbol != null && !code.vocabulary().contains(symbol)) {
            throw new IllegalArgumentException("stop symbol must be one of the vocabulary, got \"" + symbol
                    + "\"; that of a line end is \"" + shown(TextCode.lineEnd(code.tokenizer())) + "\"");
        }
        stop = symbol == null ? null : code.vocabulary().number(symbol);
    }

    private static String shown(String symbol) {
        return symbol.equals("\n") ? "\\n" : symbol;
    }

    GeneratedText run(String prompt) {
        PieceWriter writer = new PieceWriter(code, prompt);
        LanguageSession session = new LanguageSession(network, code, kernels);
        List<String> unknown = session.read(prompt);
        Ending ending = options.beam() == 1 ? draw(session, writer) : search(session, writer);
        text.append(writer.finish());
        return new GeneratedText(prompt, text.toString(), tokens, sum, ending, unknown);
    }

    private Ending draw(LanguageSession session, PieceWriter writer) {
        TokenSampler sampler = options.sampler(kernels, network.outputSize());
        for (int i = 0; i < options.length(); i++) {
            if (listener.cancelled()) {
                return Ending.CANCELLED;
            }
            int token = sampler.next(session.next());
            float logProbability = session.logProbability(token);
            sum += logProbability;
            if (stop != null && token == stop) {
                return Ending.STOP;
            }
            if (!write(token, logProbability, writer)) {
                return Ending.CANCELLED;
            }
            if (i + 1 < options.length()) {
                session.read(token);
            }
        }
        return Ending.LENGTH;
    }

    private Ending search(LanguageSession session, PieceWriter writer) {
        BeamSearch search = new BeamSearch(network, kernels, options, stop);
        boolean[] cancelled = new boolean[1];
        BeamSearch.Text found = search.search(session.state(), session.next(), () -> {
            cancelled[0] = listener.cancelled();
            return cancelled[0];
        });
        if (found == null) {
            return Ending.CANCELLED;
        }
        for (BeamSearch.Text each : found.path()) {
            sum += each.logProbability();
            if (!write(each.token(), each.logProbability(), writer)) {
                return Ending.CANCELLED;
            }
        }
        if (found.stopped()) {
            sum += found.logProbability();
            return Ending.STOP;
        }
        return cancelled[0] ? Ending.CANCELLED : Ending.LENGTH;
    }

    /** Whether to go on. */
    private boolean write(int token, float logProbability, PieceWriter writer) {
        WrittenToken written = new WrittenToken(code.vocabulary().symbol(token), writer.write(token), logProbability);
        if (kept) {
            tokens.add(written);
            text.append(written.text());
        }
        return listener.written(written);
    }
}
