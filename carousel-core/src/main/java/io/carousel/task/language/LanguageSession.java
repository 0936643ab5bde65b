package io.carousel.task.language;

import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.layer.State;
import io.carousel.task.Session;
import io.carousel.text.Vocabulary;
import java.util.List;

/**
 * A text that a model reads token by token, and what may come next after each.
 *
 * <p>Begins as if a line had just ended. What it says has the bits that an evaluation of the whole text has. Weights are shared
 * with all other sessions of the model, the state is its own. Belongs to one thread at a time.
 */
public final class LanguageSession {
    private final TextCode code;
    private final Kernels kernels;
    private final Session session;
    private final float[] token = new float[1];
    private final LogProbabilities logs;
    private final float[] logProbabilities;
    private boolean read;

    LanguageSession(Network network, TextCode code, Kernels kernels) {
        this(code, kernels, new Session(network, kernels), LogProbabilities.of(network), network.outputSize());
        read(code.lineEnd());
    }

    private LanguageSession(TextCode code, Kernels kernels, Session session, LogProbabilities logs, int symbols) {
        this.code = code;
        this.kernels = kernels;
        this.session = session;
        this.logs = logs;
        logProbabilities = new float[symbols];
    }

    /** The symbols that may come, with their numbers. */
    public Vocabulary vocabulary() {
        return code.vocabulary();
    }

    /**
     * Reads a token.
     *
     * @param number of the token in the vocabulary
     */
    public void read(int number) {
        if (number < 0 || number >= logProbabilities.length) {
            throw new IllegalArgumentException(
                    "number of a token must be from 0 to " + (logProbabilities.length - 1) + ", got " + number);
        }
        token[0] = number;
        session.step(token, logProbabilities);
        logs.apply(kernels, 1, logProbabilities.length, logProbabilities, 0);
        read = true;
    }

    /**
     * Reads a text, whose last line is not ended by it.
     *
     * @return the tokens that the vocabulary does not have, each once; they are read as {@code <unk>}
     */
    public List<String> read(String text) {
        List<String> tokens = code.open(text);
        for (int number : code.vocabulary().numbers(tokens)) {
            read(number);
        }
        return code.unknown(tokens);
    }

    /** The natural logarithm of the probability that this token comes next. */
    public float logProbability(int number) {
        return next()[number];
    }

    /** The same of all tokens, as a copy. */
    public float[] logProbabilities() {
        return next().clone();
    }

    /** That of all tokens, shared: overwritten with the next token that is read. */
    float[] next() {
        if (!read) {
            throw new IllegalStateException("a session that went on from a state must read a token first; call read");
        }
        return logProbabilities;
    }

    /** What the session remembers, as a value of its own. */
    public State state() {
        return session.state();
    }

    /** Goes on from a state, which is copied; what may come next is known once a token was read. */
    public void restore(State state) {
        session.restore(state);
        read = false;
    }

    /** Back to the beginning of a text. */
    public void reset() {
        session.reset();
        read(code.lineEnd());
    }

    /** A session of its own that has read the same. */
    public LanguageSession fork() {
        LanguageSession fork = new LanguageSession(code, kernels, session.fork(), logs, logProbabilities.length);
        System.arraycopy(logProbabilities, 0, fork.logProbabilities, 0, logProbabilities.length);
        fork.read = read;
        return fork;
    }
}
