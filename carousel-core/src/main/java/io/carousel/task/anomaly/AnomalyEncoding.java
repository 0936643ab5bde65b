package io.carousel.task.anomaly;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.OptBoolean;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.task.TrainingStage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a model must know beside its network to detect; the {@code task} object of the model file.
 *
 * @param task always {@value #TASK}
 * @param spec as it was asked for
 * @param timed whether events had time stamps
 * @param channels how the numbers of each watched column are scaled
 * @param moments of the residuals of usual events: the lower triangle of their matrix, row by row
 * @param usual the distances of usual events
 * @param quiet the quiet events, as asked for or as chosen
 * @param events of the history
 * @param heldOut how many of these were not learnt from
 * @param stages the course of the training
 * @param stopped whether the training was ended early from outside
 * @param notes what one should know, one sentence each
 * @param steps what is a gap in time; null where nothing is, as in models of before, and left out of JSON
 */
public record AnomalyEncoding(
        String task,
        AnomalySpec spec,
        boolean timed,
        List<ChannelScale> channels,
        List<Double> moments,
        UsualDistances usual,
        int quiet,
        long events,
        long heldOut,
        List<TrainingStage> stages,
        boolean stopped,
        List<String> notes,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @JacksonInject(value = "absent", useInput = OptBoolean.TRUE, optional = OptBoolean.TRUE)
        @Nullable
        UsualSteps steps) {
    static final String TASK = "detect";

    /** The most channels: the matrix of their residuals is in the model file. */
    static final int MOST_CHANNELS = 256;

    public AnomalyEncoding {
        if (!task.equals(TASK)) {
            throw new IllegalArgumentException(
                    "task of the model must be " + TASK + ", got " + task + "; use the command of that task");
        }
        channels = List.copyOf(channels);
        moments = List.copyOf(moments);
        stages = List.copyOf(stages);
        notes = List.copyOf(notes);
        if (channels.isEmpty() || channels.size() > MOST_CHANNELS) {
            throw new IllegalArgumentException(
                    "channels must be from 1 to " + MOST_CHANNELS + ", got " + channels.size());
        }
        if (channels.stream().map(ChannelScale::name).distinct().count() != channels.size()) {
            throw new IllegalArgumentException("channels must have different names");
        }
        if (moments.size() != channels.size() * (channels.size() + 1) / 2) {
            throw new IllegalArgumentException(
                    "moments must be those of " + channels.size() + " channels, got " + moments.size() + " numbers");
        }
        if (quiet < 0 || quiet > AnomalySpec.MOST_EVENTS) {
            throw new IllegalArgumentException(
                    "quiet events must be from 0 to " + AnomalySpec.MOST_EVENTS + ", got " + quiet);
        }
        for (double moment : moments) {
            if (!Double.isFinite(moment)) {
                throw new IllegalArgumentException("moments must be finite, got " + moment);
            }
        }
    }

    AnomalyEncoding withSpec(AnomalySpec other) {
        return new AnomalyEncoding(
                task, other, timed, channels, moments, usual, quiet, events, heldOut, stages, stopped, notes, steps);
    }

    /** The names of the watched columns, in order. */
    public List<String> names() {
        return channels.stream().map(ChannelScale::name).toList();
    }

    /** The network that the spec asks for. */
    static NetworkSpec network(AnomalySpec spec, int channels) {
        return switch (spec.source()) {
            case FORECAST -> ForecastResiduals.network(spec, channels);
            case RECONSTRUCTION -> ReconstructionResiduals.network(spec, channels);
        };
    }

    /** What makes residuals. */
    static AnomalyModel model(AnomalySpec spec, List<ChannelScale> channels, Network network) {
        return switch (spec.source()) {
            case FORECAST -> new ForecastResiduals(network, channels);
            case RECONSTRUCTION -> new ReconstructionResiduals(network, spec.window());
        };
    }
}
