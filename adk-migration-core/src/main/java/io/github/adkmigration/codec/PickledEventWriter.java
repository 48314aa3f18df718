package io.github.adkmigration.codec;

import io.github.adkmigration.pickle.PickleConstant;
import io.github.adkmigration.pickle.PickleException;
import io.github.adkmigration.pickle.PickleReader;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of adk-python's V0. Not thread-safe.
 */
final class PickledEventWriter extends EventWriter {

	private final ActionsWriter actions;

	PickledEventWriter(JsonTarget target) {
		super(target);
		this.actions = new ActionsWriter(out(), substitutions());
	}

	@Override
	void actions(byte @Nullable [] pickle) {
		if (pickle == null) {
			this.actions.write(PickleConstant.NONE);
			return;
		}
		remembered(pickle, this::unpickle);
	}

	private void unpickle(byte[] pickle) {
		switch (PayloadKind.of(pickle)) {
			case PICKLE -> {
				try {
					this.actions.write(PickleReader.read(pickle));
				}
				catch (PickleException ex) {
					throw new UnconvertibleEventException(reason(ex.fault()), String.valueOf(ex.getMessage()));
				}
			}
			case EMPTY -> throw new UnconvertibleEventException(UnconvertibleReason.BROKEN_PICKLE,
					"The column of the actions has no bytes.");
			case JSON -> throw new UnconvertibleEventException(UnconvertibleReason.NOT_A_PICKLE,
					"The column of the actions holds JSON, as adk-go writes it.");
			case UNKNOWN -> throw new UnconvertibleEventException(UnconvertibleReason.NOT_A_PICKLE,
					"The column of the actions holds no pickle.");
		}
	}

	private static UnconvertibleReason reason(PickleException.Fault fault) {
		return switch (fault) {
			case BROKEN -> UnconvertibleReason.BROKEN_PICKLE;
			case LIMIT -> UnconvertibleReason.LIMIT_EXCEEDED;
			case HOSTILE -> UnconvertibleReason.HOSTILE;
		};
	}

}
